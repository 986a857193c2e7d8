package dev.postrider.event;

import dev.postrider.email.EmailKey;
import dev.postrider.postgres.NewId;
import java.util.UUID;

/**
 * Something that happened to an email.
 *
 * @param id the event's own, by which whoever is told knows it again
 * @param reason why, in words; empty when there is nothing to say
 */
public record EmailEvent(EmailKey email, UUID id, EventType type, String reason) {
    public static EmailEvent now(EmailKey email, EventType type, String reason) {
        return new EmailEvent(email, NewId.get(), type, reason);
    }

    /**
     * The first that happens to an email has the email's id, so that it is one event even when it
     * is written twice because a commit was lost on the way back.
     */
    public static EmailEvent first(EmailKey email, EventType type) {
        return new EmailEvent(email, email.id(), type, "");
    }
}
