package dev.postrider.flow.enqueue;

import dev.postrider.flow.store.enqueue.Begin;
import dev.postrider.flow.store.enqueue.IdempotentRequest;
import dev.postrider.flow.store.enqueue.NewEmail;
import java.util.List;
import java.util.Optional;

/** Emails that are kept together or not at all, once. Two are never equal, whatever they hold. */
public final class Submission {
    private final List<NewEmail> emails;
    private final Optional<IdempotentRequest> idempotent;
    private final Optional<Begin> begin;

    public Submission(List<NewEmail> emails, Optional<IdempotentRequest> idempotent) {
        this(emails, idempotent, Optional.empty());
    }

    private Submission(
            List<NewEmail> emails, Optional<IdempotentRequest> idempotent, Optional<Begin> begin) {
        this.emails = List.copyOf(emails);
        this.idempotent = idempotent;
        this.begin = begin;
    }

    /** The same, begun as it is kept. */
    Submission begunBy(Begin mark) {
        return new Submission(emails, idempotent, Optional.of(mark));
    }

    /**
     * Whether the one statement that inserts it keeps all of it or nothing, and needs no
     * transaction around it.
     */
    boolean isOneStatement() {
        return idempotent.isEmpty()
                && emails.stream().map(NewEmail::lane).distinct().count() == 1
                && emails.stream()
                        .allMatch(email ->
                                !email.message().isLarge()
                                        && email.tags().isEmpty()
                                        && email.delivery().dueAt().isEmpty());
    }

    Optional<Begin> begin() {
        return begin;
    }

    List<NewEmail> emails() {
        return emails;
    }

    Optional<IdempotentRequest> idempotent() {
        return idempotent;
    }
}
