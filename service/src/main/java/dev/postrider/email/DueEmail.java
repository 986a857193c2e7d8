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
        Optional<SenderRequest> asked,
        OnUnknown onUnknown,
        boolean awaited,
        Instant createdAt,
        Instant giveUpAt) {
    public DueEmail {
        recipients = List.copyOf(recipients);
    }

    /** Whether an earlier attempt may have reached those who are still open. */
    public boolean isInDoubt() {
        return resends > 0 || unknownSince.isPresent();
    }

    /** Whether its sender wants nothing more to be sent. */
    public boolean isCanceled() {
        return asked.filter(SenderRequest.CANCEL::equals).isPresent();
    }

    /** Whether its sender has asked for another attempt, after it was told of the doubt. */
    public boolean isRetried() {
        return asked.filter(SenderRequest.RETRY::equals).isPresent();
    }

    /** Whether it may be sent once more when it isn't found among what was sent. */
    public boolean mayBeSentAgain() {
        return isRetried() || (!isCanceled() && onUnknown == OnUnknown.RESEND && resends == 0);
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
                asked,
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
                asked,
                onUnknown,
                false,
                createdAt,
                giveUpAt);
    }
}
