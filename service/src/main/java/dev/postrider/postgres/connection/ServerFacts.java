package dev.postrider.postgres.connection;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Which server answers, and what stands before it.
 *
 * @param started to the microsecond, so that no other server, and no other start of this one, has
 *     the same
 * @param maxConnections that it lets in, those for superusers among them
 */
public record ServerFacts(String started, int maxConnections, Pooling pooling) {
    private static final String QUERY =
            """
            select cast(pg_postmaster_start_time() at time zone 'UTC' as text) as started,
                   cast(current_setting('max_connections') as integer) as max_connections
            """;

    /** By one connection, and others like it. */
    public static ServerFacts ask(Connection connection, Pooling.Connecting more)
            throws SQLException {
        var pooling = Pooling.before(connection, more);
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(QUERY)) {
            rows.next();
            return new ServerFacts(
                    rows.getString("started"), rows.getInt("max_connections"), pooling);
        }
    }

    /** When the server was started. */
    static String started(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(QUERY)) {
            rows.next();
            return rows.getString("started");
        }
    }
}
