package dev.postrider.flow.store;

import dev.postrider.email.Content;
import dev.postrider.email.EmailKey;
import dev.postrider.email.LaneKey;
import dev.postrider.email.OnUnknown;
import dev.postrider.email.Priority;
import dev.postrider.email.Recipient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An accepted and composed email, ready to be kept.
 *
 * @param sender the envelope's reverse-path
 * @param content the same for every attempt
 * @param awaited whether a caller waits for the first attempt; such an email overtakes all others
 * @param priority among those of its mailbox that nobody waits for
 * @param dueAt not before this; empty: at once
 * @param giveUpAt after this no further attempt is made
 * @param shown what only its readers see
 */
public record NewEmail(
        EmailKey key,
        LaneKey lane,
        UUID userId,
        String messageId,
        String sender,
        String subject,
        List<Recipient> recipients,
        NewContent content,
        boolean eightBit,
        boolean smtpUtf8,
        boolean awaited,
        Priority priority,
        Optional<Instant> dueAt,
        OnUnknown onUnknown,
        Instant giveUpAt,
        Shown shown) {
    public NewEmail {
        recipients = List.copyOf(recipients);
    }

    /** One that says nothing beyond its message. */
    public NewEmail(
            EmailKey key,
            LaneKey lane,
            UUID userId,
            String messageId,
            String sender,
            String subject,
            List<Recipient> recipients,
            Content.InMemory content,
            boolean eightBit,
            boolean smtpUtf8,
            boolean awaited,
            Priority priority,
            Optional<Instant> dueAt,
            OnUnknown onUnknown,
            Instant giveUpAt) {
        this(
                key,
                lane,
                userId,
                messageId,
                sender,
                subject,
                recipients,
                new NewContent.InMemory(content.octets()),
                eightBit,
                smtpUtf8,
                awaited,
                priority,
                dueAt,
                onUnknown,
                giveUpAt,
                Shown.NOTHING);
    }
}
