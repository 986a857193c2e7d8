package dev.postrider.smtp.send;

import dev.postrider.smtp.reply.Reply;
import dev.postrider.smtp.reply.Stage;
import java.util.List;

/** What became of one message. */
public sealed interface Result {

    /**
     * The server has spoken about the message.
     *
     * @param stage the command whose reply decided: END_OF_DATA when the content went out,
     *     otherwise MAIL, RCPT (every recipient was refused) or DATA, and no content went out
     * @param reply that reply; for RCPT the first recipient's
     * @param recipients one for each recipient of the envelope, in its order
     */
    record Settled(Stage stage, Reply reply, List<RecipientResult> recipients) implements Result {
        public Settled {
            recipients = List.copyOf(recipients);
        }

        /** Whether the server took the message for at least one recipient. */
        public boolean accepted() {
            return stage == Stage.END_OF_DATA && reply.isPositive();
        }
    }

    /**
     * The server can't have taken the message: sending it again makes no copy.
     *
     * @param refused the recipients that the server had refused before it broke off: those replies
     *     count (RFC 5321 section 3.8), and only the others need to be asked again
     */
    record NotBegun(Cause cause, List<RecipientResult> refused) implements Result {
        public NotBegun {
            refused = List.copyOf(refused);
        }

        public NotBegun(Cause cause) {
            this(cause, List.of());
        }
    }

    /**
     * The last byte may have left and no reply came: the server may or may not have taken the
     * message.
     */
    record Unknown(Cause cause) implements Result {}
}
