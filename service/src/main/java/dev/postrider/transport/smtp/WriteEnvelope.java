package dev.postrider.transport.smtp;

import dev.postrider.email.DueEmail;
import dev.postrider.smtp.Envelope;
import dev.postrider.smtp.Recipient;

/**
 * An email's envelope as SMTP writes it. What is accepted should always be writable; should it not
 * be, that is one email's trouble and not its lane's.
 */
sealed interface WriteEnvelope {
    record Written(Envelope envelope) implements WriteEnvelope {}

    /**
     * An address can't stand in a command.
     *
     * @param flaw one sentence
     */
    record Flawed(String flaw) implements WriteEnvelope {}

    static WriteEnvelope of(DueEmail email) {
        try {
            var recipients =
                    email.recipients().stream()
                            .map(recipient -> Recipient.of(recipient.address()))
                            .toList();
            return new Written(
                    new Envelope(email.sender(), recipients, email.smtpUtf8(), false, null, null));
        } catch (IllegalArgumentException e) {
            return new Flawed("An address can't be written in SMTP: " + e.getMessage() + ".");
        }
    }
}
