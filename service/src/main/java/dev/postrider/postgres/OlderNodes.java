package dev.postrider.postgres;

import dev.postrider.postgres.connection.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.MigrationInfo;

/**
 * Nodes of an older version that run on the database. A migration that they don't work with would
 * break them, so it waits until they are gone: the step that they need first can't be skipped.
 */
record OlderNodes(DatabaseUrl url) {
    /** A node that lives says so every other second. */
    private static final String RUNNING =
            """
            select name, schema
            from node
            where schema < ?
              and seen_at > now() - interval '8 seconds'
            order by name
            """;

    /** One that was killed is no longer among them by then. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private record Running(String name, int schema) {}

    /**
     * Looks before migrations that some nodes may not work with.
     *
     * @param pending the migrations
     * @param isMigrated whether there is a schema at all
     * @throws DatabaseUnusable when there are such nodes, and they stay
     */
    void refuse(List<MigrationInfo> pending, boolean isMigrated) {
        var needed = pending.stream().mapToInt(each -> SchemaStep.of(each).since()).max().orElse(0);
        if (!isMigrated || needed == 0) {
            return;
        }
        var running = awaitNone(needed);
        if (!running.isEmpty()) {
            throw new DatabaseUnusable(
                    "On the database "
                            + url.place()
                            + " nodes of an older Postrider run ("
                            + String.join(", ", running.stream().map(Running::name).toList())
                            + "; schema "
                            + running.getFirst().schema()
                            + "), and this version's changes need nodes that know schema "
                            + needed
                            + ": stop them, or upgrade them first to a version between"
                            + " (docs/upgrade.md).");
        }
    }

    private List<Running> awaitNone(int needed) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        try (var connection =
                DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password())) {
            var running = running(connection, needed);
            while (!running.isEmpty() && System.nanoTime() < end) {
                Thread.sleep(500);
                running = running(connection, needed);
            }
            return running;
        } catch (SQLException e) {
            throw Migration.unusable(url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnusable("The start was interrupted.");
        }
    }

    private static List<Running> running(Connection connection, int needed) throws SQLException {
        try (var statement = connection.prepareStatement(RUNNING)) {
            statement.setInt(1, needed);
            try (var rows = statement.executeQuery()) {
                var running = new ArrayList<Running>();
                while (rows.next()) {
                    running.add(new Running(rows.getString("name"), rows.getInt("schema")));
                }
                return running;
            }
        }
    }
}
