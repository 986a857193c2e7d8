package dev.postrider.email;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An email whose turn it is.
 *
 * @param recipients those still open, at least one
 * @param partlyAccepted whether an earlier attempt reached some recipients
 * @param content what every attempt sends
 * @param attempts how many there were before this one
 * @param resends how many of them after an unknown outcome
 * @param unknownSince when the attempt began whose outcome is unknown and may be found out; empty
 *     when there is none
 * @param awaited whether a caller waits for this attempt
 */
public record DueEmail(
        EmailKey key,
        LaneKey lane,
        String messageId,
        String sender,
        List<Recipient> recipients,
        boolean partlyAccepted,
        Content content,
        boolean eightBit,
        boolean smtpUtf8,
        int attempts,
        int resends,
        Optional<Instant> unknownSince,
        OnUnknown onUnknown,
        boolean awaited,
        Instant createdAt,
        Instant giveUpAt) {
    public DueEmail {
        recipients = List.copyOf(recipients);
    }

    /** The same, for fewer recipients. */
    public DueEmail withRecipients(List<Recipient> fewer) {
        return new DueEmail(
                key,
                lane,
                messageId,
                sender,
                fewer,
                partlyAccepted,
                content,
                eightBit,
                smtpUtf8,
                attempts,
                resends,
                unknownSince,
                onUnknown,
                awaited,
                createdAt,
                giveUpAt);
    }

    /** The same, when its caller's time was over before its attempt was. */
    public DueEmail notAwaited() {
        return new DueEmail(
                key,
                lane,
                messageId,
                sender,
                recipients,
                partlyAccepted,
                content,
                eightBit,
                smtpUtf8,
                attempts,
                resends,
                unknownSince,
                onUnknown,
                false,
                createdAt,
                giveUpAt);
    }
}
