package dev.postrider.postgres;

import java.sql.SQLException;
import java.util.Set;

/**
 * The database can't be asked just now: it is restarting, out of connections, or gone. Nothing is
 * wrong with what was asked; whether a transaction that was under way has committed is not known.
 */
public final class DatabaseAway extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Classes of SQLSTATE: connections, transactions that lost against others, resources, the
     * operator's interventions, input and output.
     */
    private static final Set<String> PASSING = Set.of("08", "40", "53", "57", "58");

    DatabaseAway(Throwable cause) {
        super("The database is away: " + root(cause).getMessage(), cause);
    }

    /** Whether the same may go well a moment later. */
    static boolean causes(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof SQLException sql && isPassing(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** The pool's own troubles have no state. */
    private static boolean isPassing(@org.jspecify.annotations.Nullable String state) {
        return state == null || PASSING.contains(state.substring(0, Math.min(2, state.length())));
    }

    private static Throwable root(Throwable thrown) {
        var root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
