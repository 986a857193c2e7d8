package dev.postrider.flow.enqueue;

import dev.postrider.flow.store.IdempotentRequest;
import dev.postrider.flow.store.NewEmail;
import java.util.List;
import java.util.Optional;

/** Emails that are kept together or not at all, once. Two are never equal, whatever they hold. */
public final class Submission {
    private final List<NewEmail> emails;
    private final Optional<IdempotentRequest> repeatable;

    public Submission(List<NewEmail> emails, Optional<IdempotentRequest> repeatable) {
        this.emails = List.copyOf(emails);
        this.repeatable = repeatable;
    }

    List<NewEmail> emails() {
        return emails;
    }

    Optional<IdempotentRequest> repeatable() {
        return repeatable;
    }
}
