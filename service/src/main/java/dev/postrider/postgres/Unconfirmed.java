package dev.postrider.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.jspecify.annotations.Nullable;

/**
 * Commits that are on one server only. Where a standby has to confirm each commit, somebody may end
 * the wait for it; the server then answers as if all were well, with a warning (PostgreSQL manual
 * 27.2.8). What is committed so is lost when the standby takes over: it can't be promised. The
 * warning's text is in the server's language, so any warning that comes with a commit counts.
 */
final class Unconfirmed {
    /** transaction_resolution_unknown (PostgreSQL manual, appendix A). */
    static final String STATE = "08007";

    private static final String WARNING = "01000";

    private Unconfirmed() {}

    /** For statements that are their own transaction. */
    static final class Customizer implements StatementCustomizer {
        @Override
        public void afterExecution(PreparedStatement statement, StatementContext context)
                throws SQLException {
            check(statement);
        }
    }

    /** For a statement that was its own transaction, if it was. */
    static void check(PreparedStatement statement) throws SQLException {
        var warning = statement.getWarnings();
        if (warning != null && statement.getConnection().getAutoCommit()) {
            check(warning);
        }
    }

    /** Forgets what a connection was warned of before. */
    static void begin(Handle handle) {
        try {
            handle.getConnection().clearWarnings();
        } catch (SQLException e) {
            throw new DatabaseAway(DatabaseAway.Kind.AWAY, e);
        }
    }

    /** For a transaction that the connection has just committed. */
    static void check(Handle handle) {
        try {
            check(handle.getConnection().getWarnings());
        } catch (SQLException e) {
            throw new DatabaseAway(DatabaseAway.Kind.UNCONFIRMED, e);
        }
    }

    private static void check(@Nullable SQLWarning first) throws SQLException {
        for (var each = first; each != null; each = each.getNextWarning()) {
            if (WARNING.equals(each.getSQLState())) {
                throw new SQLException(each.getMessage(), STATE, each);
            }
        }
    }
}
