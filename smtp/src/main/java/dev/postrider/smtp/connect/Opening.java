package dev.postrider.smtp.connect;

import dev.postrider.smtp.reply.Reply;
import dev.postrider.smtp.reply.Stage;
import dev.postrider.smtp.send.Connection;
import dev.postrider.smtp.wire.Trouble;
import java.util.Set;

/** What became of an attempt to connect and log in. */
public sealed interface Opening {

    /** Ready to send. The caller closes it. */
    record Open(Connection connection) implements Opening {}

    /** There is no connection; nothing is left to close. */
    sealed interface Failed extends Opening {
        /** One sentence for the mailbox's owner, without secrets. */
        String detail();

        /** Whether a server that has enough connections from here fails like this. */
        default boolean mayMeanTooMany() {
            return switch (this) {
                case Unreachable(var stage, var _, var _) ->
                        stage != Stage.RESOLVE && stage != Stage.LOGIN;
                case Deferred(var stage, var _) -> stage != Stage.LOGIN;
                case Refused(var stage, var _) -> stage == Stage.GREETING;
                case TlsFailed _, LoginRefused _, NoMechanism _, ProtocolBroken _ -> false;
            };
        }
    }

    /** The network is in the way, or the server fell silent or hung up. Worth another try later. */
    record Unreachable(Stage stage, Trouble trouble, String detail) implements Failed {}

    /** The server answered 4yz to the greeting, EHLO, STARTTLS or the login: not now. */
    record Deferred(Stage stage, Reply reply) implements Failed {
        @Override
        public String detail() {
            return "The server asks to come back later (" + stage + "): " + reply;
        }
    }

    /** The server answered 5yz to the greeting or EHLO: it doesn't serve this client. */
    record Refused(Stage stage, Reply reply) implements Failed {
        @Override
        public String detail() {
            return "The server refuses this client (" + stage + "): " + reply;
        }
    }

    /** No TLS, or not with the server that was meant. */
    record TlsFailed(TlsTrouble trouble, String detail) implements Failed {}

    /** The server answered 5yz to the login. */
    record LoginRefused(String mechanism, Reply reply) implements Failed {
        @Override
        public String detail() {
            return "The server refused the login (" + mechanism + "): " + reply;
        }
    }

    /**
     * There are credentials and no way to use them: no mechanism in common, or no TLS to protect
     * them.
     */
    record NoMechanism(Set<String> offered, String detail) implements Failed {}

    /** What the server said isn't SMTP. */
    record ProtocolBroken(Stage stage, String detail) implements Failed {}
}
