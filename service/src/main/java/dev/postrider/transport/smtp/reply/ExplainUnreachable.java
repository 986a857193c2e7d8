package dev.postrider.transport.smtp.reply;

import dev.postrider.smtp.connect.Opening;
import dev.postrider.smtp.reply.Stage;
import dev.postrider.transport.smtp.SmtpServer;
import dev.postrider.transport.smtp.TlsMode;

/** Says why a server wasn't reached in words that its user can act on. */
public final class ExplainUnreachable {
    private static final String PORTS =
            "Implicit TLS is usually on port 465, STARTTLS on port 587.";

    private ExplainUnreachable() {}

    public static String words(SmtpServer server, Opening.Unreachable unreachable) {
        var place = server.host() + " on port " + server.port();
        return switch (unreachable.trouble()) {
            case REFUSED -> "Nothing listens at " + place + ": check the port. " + PORTS;
            case NO_ROUTE -> "There is no way to " + place + " from here: check the host.";
            case TIMEOUT, LIMIT -> silent(place, server.tls(), unreachable.stage());
            case CLOSED, RESET ->
                    "The server closed the connection to "
                            + place
                            + " ("
                            + unreachable.stage()
                            + "): check the port, or try again later. "
                            + PORTS;
            case DNS, CANCELED, TLS -> unreachable.detail();
        };
    }

    private static String silent(String place, TlsMode tls, Stage stage) {
        if (stage == Stage.CONNECT) {
            return "There is no answer from "
                    + place
                    + ": check host and port, and whether a firewall is in the way.";
        }
        if (stage == Stage.GREETING && tls != TlsMode.IMPLICIT) {
            return "There is a server at "
                    + place
                    + ", but it says nothing: perhaps it waits for TLS. "
                    + PORTS;
        }
        return "The server at " + place + " fell silent (" + stage + "): try again later.";
    }
}
