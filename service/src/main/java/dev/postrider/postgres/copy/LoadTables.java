package dev.postrider.postgres.copy;

import dev.postrider.postgres.DatabaseUnusable;
import dev.postrider.postgres.RestoreMark;
import dev.postrider.postgres.connection.DatabaseUrl;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Fills the empty tables of a database, in one transaction: all of it is there, or none. Indexes
 * and foreign keys are made after the rows, which takes a fraction of the time, and the indexes in
 * the order in which they were (docs/decisions/0007).
 */
public final class LoadTables implements AutoCloseable {
    private static final int BUFFER = 1 << 20;

    private final CopyConnection connection;
    private final Map<String, Table> tables;
    private final LaterIndexes indexes;
    private final Optional<Instant> backup;

    private LoadTables(CopyConnection connection, Optional<Instant> backup) {
        this.connection = connection;
        this.backup = backup;
        this.tables =
                connection.tables().stream()
                        .collect(Collectors.toMap(Table::name, Function.identity()));
        this.indexes = LaterIndexes.of(connection);
    }

    /**
     * Begins.
     *
     * @throws DatabaseUnusable when there are rows in a table
     */
    public static LoadTables into(DatabaseUrl url) {
        return into(url, Optional.empty());
    }

    /**
     * Begins to restore. From now on no program starts on the database; whoever restores removes
     * the {@link RestoreMark} when all is done.
     *
     * @param backup when it was made
     * @throws DatabaseUnusable when there are rows in a table
     */
    public static LoadTables restoring(DatabaseUrl url, Instant backup) {
        return into(url, Optional.of(backup));
    }

    private static LoadTables into(DatabaseUrl url, Optional<Instant> backup) {
        var connection = CopyConnection.open(url);
        try {
            connection.execute(
                    "set statement_timeout = 0",
                    "set idle_in_transaction_session_timeout = 0",
                    "set maintenance_work_mem = '128MB'");
            var load = new LoadTables(connection, backup);
            load.refuseRows();
            if (backup.isPresent()) {
                load.mark(false);
                connection.execute("commit");
            }
            load.indexes.drop(connection);
            return load;
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void mark(boolean isLoaded) {
        if (backup.isPresent()) {
            connection.run(open -> {
                new RestoreMark(backup.get(), isLoaded).set(open);
                return true;
            });
        }
    }

    private void refuseRows() {
        for (var table : tables.keySet()) {
            var isFilled =
                    connection.run(open -> {
                        try (var statement = open.createStatement();
                                var row =
                                        statement.executeQuery(
                                                "table " + Table.quoted(table) + " limit 1")) {
                            return row.next();
                        }
                    });
            if (isFilled) {
                throw new DatabaseUnusable(
                        "The database "
                                + connection.place()
                                + " has data in it (in the table "
                                + table
                                + "): restore into an empty one.");
            }
        }
    }

    /**
     * Reads all rows of a table.
     *
     * @param table as it was where the rows come from: only names of this database's own are used
     * @return how many
     * @throws IOException what the stream throws
     */
    public long copy(Table table, InputStream in) throws IOException {
        var own = tables.get(table.name());
        if (own == null || !new HashSet<>(own.columns()).containsAll(table.columns())) {
            throw new DatabaseUnusable(
                    "The table "
                            + table.name()
                            + " isn't in "
                            + connection.place()
                            + " as it was where its rows come from.");
        }
        try {
            return connection.copies().copyIn(table.copyIn(), in, BUFFER);
        } catch (SQLException e) {
            return connection.run(_ -> {
                throw e;
            });
        }
    }

    /** Makes indexes and keys, and commits. */
    public void finish(List<Sequence> sequences) {
        indexes.make(connection);
        for (var sequence : sequences) {
            connection.execute(sequence.restart());
        }
        mark(true);
        connection.execute("commit");
    }

    @Override
    public void close() {
        connection.close();
    }
}
