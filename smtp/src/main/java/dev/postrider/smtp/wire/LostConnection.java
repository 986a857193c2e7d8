package dev.postrider.smtp.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;

/** The connection is gone, and why. Stays inside the client. */
public final class LostConnection extends IOException {
    private static final long serialVersionUID = 1L;

    private final Trouble trouble;

    public LostConnection(Trouble trouble, String detail) {
        super(detail);
        this.trouble = trouble;
    }

    public Trouble trouble() {
        return trouble;
    }

    static LostConnection explain(IOException e, Watchdog watchdog) {
        if (watchdog.fired()) {
            return watchdog.limitPassed()
                    ? new LostConnection(Trouble.LIMIT, "The time that was set for it passed.")
                    : new LostConnection(Trouble.TIMEOUT, "The server didn't answer in time.");
        }
        if (Thread.currentThread().isInterrupted()) {
            return new LostConnection(Trouble.CANCELED, "It was canceled.");
        }
        return explain(e);
    }

    /** By the exception alone. */
    public static LostConnection explain(IOException e) {
        return switch (e) {
            case LostConnection lost -> lost;
            case EOFException _ ->
                    new LostConnection(Trouble.CLOSED, "The server closed the connection.");
            case ClosedByInterruptException _ ->
                    new LostConnection(Trouble.CANCELED, "It was canceled.");
            case ClosedChannelException _ ->
                    new LostConnection(Trouble.CANCELED, "The connection was closed on this side.");
            case NoRouteToHostException _ -> new LostConnection(Trouble.NO_ROUTE, message(e));
            case ConnectException _ -> new LostConnection(connectTrouble(e), message(e));
            case SSLException _ when e.getCause() instanceof IOException inner -> explain(inner);
            case SSLException ssl -> new LostConnection(Trouble.TLS, words(ssl));
            default -> new LostConnection(Trouble.RESET, message(e));
        };
    }

    private static Trouble connectTrouble(IOException e) {
        String message = message(e);
        if (message.contains("timed out")) {
            return Trouble.TIMEOUT;
        }
        return message.contains("unreachable") ? Trouble.NO_ROUTE : Trouble.REFUSED;
    }

    private static String message(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /** What went wrong, and what it means where the alert alone tells nobody. */
    public static String words(SSLException e) {
        String text = cause(e);
        return text.contains("certificate_required")
                ? "The server asks this client for a certificate, which no mailbox can give. ("
                        + text
                        + ")"
                : text;
    }

    /** The deepest one's words. */
    public static String cause(SSLException e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }
}
