package dev.postrider.smtp.message;

import dev.postrider.smtp.wire.Syntax;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a message is from and for, and how it wants to be treated.
 *
 * @param sender the reverse-path without angle brackets, empty for {@code <>}
 * @param recipients at least one
 * @param internationalised whether headers hold UTF-8 (RFC 6531), so that SMTPUTF8 is needed; an
 *     address beyond ASCII needs it anyway
 * @param requireTls whether each hop must use TLS (RFC 8689)
 * @param returned what a notification brings back, or null for the server's choice; left out where
 *     DSN isn't announced
 * @param envelopeId comes back in notifications (RFC 3461 section 4.4), or null
 */
public record Envelope(
        String sender,
        List<Recipient> recipients,
        boolean internationalised,
        boolean requireTls,
        @Nullable Returned returned,
        @Nullable String envelopeId) {

    public Envelope {
        if (!sender.isEmpty()) {
            Syntax.requireMailbox(sender);
        }
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("an envelope needs a recipient");
        }
        if (envelopeId != null) {
            Syntax.requireText("envelope id", envelopeId);
            if (envelopeId.length() > 100 || !Syntax.isAscii(envelopeId)) {
                throw new IllegalArgumentException(
                        "an envelope id has at most 100 ASCII characters");
            }
        }
        internationalised |= !Syntax.isAscii(sender);
        for (Recipient recipient : recipients) {
            internationalised |= !Syntax.isAscii(recipient.address());
        }
    }

    public static Envelope of(String sender, String... recipients) {
        return new Envelope(
                sender,
                Arrays.stream(recipients).map(Recipient::of).toList(),
                false,
                false,
                null,
                null);
    }
}
