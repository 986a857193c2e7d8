package dev.postrider.smtp.send;

import dev.postrider.smtp.message.Recipient;
import dev.postrider.smtp.reply.Reply;
import dev.postrider.smtp.reply.Stage;

/**
 * What became of one recipient of a message that the server has spoken about.
 *
 * @param stage the command whose reply decided: RCPT where this recipient was refused by itself,
 *     otherwise the message's stage
 * @param reply that reply
 */
public record RecipientResult(Recipient recipient, Stage stage, Reply reply) {

    /** Whether the server has taken responsibility for this recipient (RFC 5321 section 4.2.5). */
    public boolean accepted() {
        return stage == Stage.END_OF_DATA && reply.isPositive();
    }
}
