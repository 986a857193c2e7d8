package dev.postrider.flow.enqueue;

import dev.postrider.flow.store.IdempotentRequest;
import dev.postrider.flow.store.NewEmail;
import java.util.List;
import java.util.Optional;

/** Emails that are kept together or not at all, once. Two are never equal, whatever they hold. */
public final class Submission {
    private final List<NewEmail> emails;
    private final Optional<IdempotentRequest> idempotent;

    public Submission(List<NewEmail> emails, Optional<IdempotentRequest> idempotent) {
        this.emails = List.copyOf(emails);
        this.idempotent = idempotent;
    }

    List<NewEmail> emails() {
        return emails;
    }

    Optional<IdempotentRequest> idempotent() {
        return idempotent;
    }
}
