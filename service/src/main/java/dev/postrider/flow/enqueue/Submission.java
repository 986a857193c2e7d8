package dev.postrider.flow.enqueue;

import dev.postrider.flow.store.NewEmail;
import dev.postrider.flow.store.Repeatable;
import java.util.List;
import java.util.Optional;

/** Emails that are kept together or not at all, once. Two are never equal, whatever they hold. */
public final class Submission {
    private final List<NewEmail> emails;
    private final Optional<Repeatable> repeatable;

    public Submission(List<NewEmail> emails, Optional<Repeatable> repeatable) {
        this.emails = List.copyOf(emails);
        this.repeatable = repeatable;
    }

    List<NewEmail> emails() {
        return emails;
    }

    Optional<Repeatable> repeatable() {
        return repeatable;
    }
}
