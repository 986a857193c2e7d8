package dev.postrider.postgres.copy;

import dev.postrider.postgres.DatabaseUnusable;
import dev.postrider.postgres.connection.DatabaseUrl;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * What a database holds at one moment, whatever is written meanwhile (repeatable read, PostgreSQL
 * manual 13.2.2). As long as it is open the server keeps what is deleted or changed.
 */
public final class Snapshot implements AutoCloseable {
    private static final String FACTS =
            """
            select current_setting('server_version') as server,
                   pg_database_size(current_database()) as octets,
                   now() as taken_at,
                   (select version
                    from flyway_schema_history
                    where success
                      and version is not null
                    order by installed_rank desc
                    limit 1) as schema
            """;

    private static final String SEQUENCES =
            """
            select sequencename, coalesce(last_value, start_value) as last, last_value is not null as is_called
            from pg_sequences
            where schemaname = current_schema()
            order by sequencename
            """;

    private final CopyConnection connection;
    private final Facts facts;

    /**
     * What is known of the whole.
     *
     * @param server its version
     * @param schema the last migration's version
     * @param octets of all its files
     */
    public record Facts(String server, String schema, long octets, Instant takenAt) {}

    private Snapshot(CopyConnection connection) {
        this.connection = connection;
        this.facts = readFacts();
    }

    public static Snapshot of(DatabaseUrl url) {
        var connection = CopyConnection.open(url);
        try {
            connection.execute(
                    "set statement_timeout = 0",
                    "set idle_in_transaction_session_timeout = 0",
                    // a scan begins where the table does, so that a copy can be compared with it
                    "set synchronize_seqscans = off",
                    "commit",
                    "set transaction isolation level repeatable read read only");
            return new Snapshot(connection);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    public Facts facts() {
        return facts;
    }

    private Facts readFacts() {
        return connection.run(open -> {
            try (var statement = open.createStatement();
                    var row = statement.executeQuery(FACTS)) {
                row.next();
                return new Facts(
                        row.getString("server"),
                        row.getString("schema"),
                        row.getLong("octets"),
                        row.getObject("taken_at", OffsetDateTime.class).toInstant());
            } catch (SQLException e) {
                if ("42P01".equals(e.getSQLState())) {
                    throw new DatabaseUnusable(
                            "The database " + connection.place() + " isn't Postrider's.");
                }
                throw e;
            }
        });
    }

    public List<Table> tables() {
        return connection.tables();
    }

    public List<Sequence> sequences() {
        return connection.run(open -> {
            try (var statement = open.createStatement();
                    var rows = statement.executeQuery(SEQUENCES)) {
                var sequences = new ArrayList<Sequence>();
                while (rows.next()) {
                    sequences.add(
                            new Sequence(
                                    rows.getString("sequencename"),
                                    rows.getLong("last"),
                                    rows.getBoolean("is_called")));
                }
                return sequences;
            }
        });
    }

    /**
     * Writes all rows of a table.
     *
     * @return how many
     * @throws IOException what the stream throws
     */
    public long copy(Table table, OutputStream out) throws IOException {
        try {
            return connection.copies().copyOut(table.copyOut(), out);
        } catch (SQLException e) {
            return connection.run(_ -> {
                throw e;
            });
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
