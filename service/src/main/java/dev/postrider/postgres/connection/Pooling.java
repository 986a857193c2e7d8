package dev.postrider.postgres.connection;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * What stands between the program and the server, found out by asking. A pooler gives each client a
 * process number of its own, so that a client that is told the server's own has no pooler before
 * it. One that pools transactions lends its connection to another client between two of them.
 */
public enum Pooling {
    /** Nothing, or what only passes octets on. */
    NONE,
    /** A pooler that gives each connection a server's own for as long as it lasts. */
    SESSION,
    /** A pooler that gives it one for each transaction: what a connection has set is lost. */
    TRANSACTION;

    /** One that takes its connections in turns could be lucky once. */
    private static final int TRIES = 5;

    /** PgBouncer's words. */
    private static final String NO_TRANSACTIONS = "statement pooling";

    private static final String PID = "select pg_backend_pid()";

    /** Opens one more connection like the first. */
    public interface Connecting {
        Connection open() throws SQLException;
    }

    static Pooling before(Connection first, Connecting more) throws SQLException {
        if (pid(first) == first.unwrap(PGConnection.class).getBackendPID()) {
            return NONE;
        }
        for (var i = 0; i < TRIES; i++) {
            if (isLent(first, more)) {
                return TRANSACTION;
            }
        }
        return SESSION;
    }

    /** Whether a pooler has said so that lends its connections for single statements. */
    public static boolean hasNoTransactions(SQLException refusal) {
        return String.valueOf(refusal.getMessage()).contains(NO_TRANSACTIONS);
    }

    /** Whether the first's connection to the server is another's while that has a transaction. */
    private static boolean isLent(Connection first, Connecting more) throws SQLException {
        var before = pid(first);
        try (var other = more.open()) {
            other.setAutoCommit(false);
            var lent = pid(other) == before || pid(first) != before;
            other.rollback();
            return lent;
        }
    }

    private static int pid(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(PID)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
