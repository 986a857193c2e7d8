package dev.postrider.smtp.send;

import dev.postrider.smtp.reply.Reply;
import dev.postrider.smtp.reply.Stage;
import dev.postrider.smtp.server.Quirks;
import dev.postrider.smtp.wire.Trouble;

/** Why there is no reply about a message. */
public sealed interface Cause {

    /** One sentence for the sender, without secrets. */
    String detail();

    /** The connection was lost, cut by a timeout or a limit, or canceled. */
    record Lost(Stage stage, Trouble trouble, String detail) implements Cause {}

    /**
     * The server said 421 and closes (RFC 5321 section 3.8), before it had the whole message; or it
     * refused to forget the message before, and closed. It doesn't process what came after.
     */
    record Closing(Reply reply) implements Cause {
        @Override
        public String detail() {
            return "The server closed the connection: " + reply;
        }
    }

    /** What the server said isn't SMTP, or answers nothing that was asked. */
    record Broken(Stage stage, String detail) implements Cause {}

    /** The caller's {@link Begin} said no, or failed. */
    record Withdrawn(String detail) implements Cause {}

    /**
     * The connection has served its time: the server wants no more on it, or has refused so much
     * that it soon would. Nothing is wrong with the message, and a new connection takes it.
     */
    record Worn(String detail) implements Cause {}

    /**
     * The server announces an extension that it doesn't have. Nothing is wrong with the message;
     * {@link Quirks} remembers, and a new connection does without.
     */
    record Misannounced(String extension, String detail) implements Cause {}

    /** The message needs an extension that the server doesn't announce. */
    record Unsupported(String extension) implements Cause {
        @Override
        public String detail() {
            return "The message needs " + extension + ", which the server doesn't offer.";
        }
    }

    /** The message is larger than the server announces to take (RFC 1870). */
    record TooLarge(long size, long limit) implements Cause {
        @Override
        public String detail() {
            return "The message has " + size + " octets; the server takes at most " + limit + ".";
        }
    }

    /** The content couldn't be read to its end. */
    record ContentFailed(String detail) implements Cause {}
}
