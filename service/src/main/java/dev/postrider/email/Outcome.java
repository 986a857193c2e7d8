package dev.postrider.email;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What became of one attempt to send an email. A refusal by a server is a value like any other; an
 * exception is a bug or a broken machine.
 */
public sealed interface Outcome {
    /** One sentence for the email's sender: what happened, in the server's words where it spoke. */
    String detail();

    /**
     * The server took the message, for the recipients that aren't named here.
     *
     * @param reply to the end of data
     * @param others the recipients that the server refused or deferred by themselves
     * @param ids what a provider calls it from now on
     */
    record Accepted(ServerReply reply, List<RecipientTurnedAway> others, Optional<ProviderIds> ids)
            implements Outcome {
        public Accepted {
            others = List.copyOf(others);
        }

        public Accepted(ServerReply reply, List<RecipientTurnedAway> others) {
            this(reply, others, Optional.empty());
        }

        @Override
        public String detail() {
            return reply.toString();
        }
    }

    /** A 4yz reply: every recipient waits for another attempt, but for those refused for good. */
    record Deferred(ServerReply reply, List<RecipientTurnedAway> others) implements Outcome {
        public Deferred {
            others = List.copyOf(others);
        }

        @Override
        public String detail() {
            return "The server asks to try again later: " + reply;
        }
    }

    /**
     * A 5yz reply to the message or to each recipient.
     *
     * @param ofRecipient whether recipients were refused, rather than the message or its sender
     */
    record Refused(ServerReply reply, List<RecipientTurnedAway> others, boolean ofRecipient)
            implements Outcome {
        public Refused {
            others = List.copyOf(others);
        }

        @Override
        public String detail() {
            return "The server refused "
                    + (ofRecipient ? "the recipient: " : "the message: ")
                    + reply;
        }
    }

    /** This server can't take the message as it is: it lacks an extension, or takes less. */
    record Unsendable(String detail) implements Outcome {}

    /**
     * The mailbox has reached a limit of its provider, whatever the reply's code.
     *
     * @param pause how long the whole mailbox rests
     */
    record Throttled(ServerReply reply, Duration pause) implements Outcome {
        @Override
        public String detail() {
            return "The mailbox has reached a limit of its provider: " + reply;
        }
    }

    /**
     * The server refused the login, or the grant is over: the mailbox waits for its owner.
     *
     * @param code why, stable, for programs
     */
    record LoginRefused(String code, String detail) implements Outcome {
        public LoginRefused(String detail) {
            this("login_refused", detail);
        }
    }

    /** No connection, or one that was lost before the message had begun: safe to retry. */
    record Unreachable(String detail) implements Outcome {}

    /** The server's TLS or its protocol is broken; nothing was handed over. */
    record Broken(String detail) implements Outcome {}

    /**
     * It never left, for no fault of its own: its turn came too late on a connection that ended, or
     * the lease was over. No attempt was made, and it is due again at once.
     */
    record NotSent(String detail) implements Outcome {}

    /**
     * All of it may have left, and no reply came that says what became of it.
     *
     * @param mayBeFound whether the mailbox can be asked later if it was sent; then nothing is sent
     *     before it was asked
     */
    record Unknown(String detail, boolean mayBeFound) implements Outcome {
        public Unknown(String detail) {
            this(detail, false);
        }
    }

    /**
     * The mailbox was asked what became of an earlier attempt, and couldn't say yet. Nothing was
     * sent.
     *
     * @param pause before it is asked again
     */
    record StillUnknown(String detail, Duration pause) implements Outcome {}

    /**
     * One recipient that didn't go with the others.
     *
     * @param forGood whether the reply is 5yz
     * @param inNextTransaction whether the server took as many recipients as it takes at once: the
     *     others go at once in a transaction of their own (RFC 5321 section 4.5.3.1.10)
     */
    record RecipientTurnedAway(
            int position, ServerReply reply, boolean forGood, boolean inNextTransaction) {
        public RecipientTurnedAway(int position, ServerReply reply, boolean forGood) {
            this(position, reply, forGood, false);
        }
    }

    /** What the server said to all of it; empty where it didn't come to that. */
    default Optional<ServerReply> serverReply() {
        return switch (this) {
            case Accepted accepted -> Optional.of(accepted.reply());
            case Deferred deferred -> Optional.of(deferred.reply());
            case Refused refused -> Optional.of(refused.reply());
            case Throttled throttled -> Optional.of(throttled.reply());
            case LoginRefused _,
                    Unreachable _,
                    Broken _,
                    Unsendable _,
                    NotSent _,
                    StillUnknown _,
                    Unknown _ ->
                    Optional.empty();
        };
    }

    /** All that {@link #text} says. */
    List<String> TEXTS =
            List.of(
                    "accepted",
                    "deferred",
                    "recipients_refused",
                    "refused",
                    "throttled",
                    "login_refused",
                    "unreachable",
                    "broken",
                    "not_sent",
                    "unknown");

    /** As it stands in an attempt's row. */
    default String text() {
        return switch (this) {
            case Accepted _ -> "accepted";
            case Deferred _ -> "deferred";
            case Refused refused -> refused.ofRecipient() ? "recipients_refused" : "refused";
            case Unsendable _ -> "refused";
            case Throttled _ -> "throttled";
            case LoginRefused _ -> "login_refused";
            case Unreachable _ -> "unreachable";
            case Broken _ -> "broken";
            case NotSent _ -> "not_sent";
            case Unknown _, StillUnknown _ -> "unknown";
        };
    }
}
