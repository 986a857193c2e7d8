package dev.postrider.smtp.send;

import org.jspecify.annotations.Nullable;

/**
 * How used up a connection is. Servers count what they have refused on it and hang up at some
 * number, so it is left before: Postfix slows down after 10 errors since its last message and says
 * 421 after 20, Exim after 10 commands that aren't mail, of which RSET is one. Owned by the
 * connection's thread.
 */
final class Wear {
    private static final int MAX_ERRORS = 8;
    private static final int MAX_RESETS = 5;

    private int errors;
    private int resets;
    private boolean used;
    private @Nullable String reason;

    void error() {
        errors++;
        if (errors >= MAX_ERRORS) {
            retire("The server has refused " + errors + " commands on this connection.");
        }
    }

    /** A transaction was refused, so that RSET has to end it. */
    void reset() {
        resets++;
        if (resets >= MAX_RESETS) {
            retire("The server has refused " + resets + " messages on this connection.");
        }
    }

    void taken() {
        errors = 0;
        used = true;
    }

    /** It has rested: the server may have lost patience. */
    void rested() {
        used = true;
    }

    /** Whether what the server says to MAIL may be about the connection and not the message. */
    boolean isUsed() {
        return used;
    }

    /** No more messages, for this reason; the first one counts. */
    void retire(String why) {
        if (reason == null) {
            reason = why;
        }
    }

    /** Why no more should be sent, or null. */
    @Nullable String reason() {
        return reason;
    }
}
