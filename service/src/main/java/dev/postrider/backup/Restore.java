package dev.postrider.backup;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.connection.DatabaseUrl;
import dev.postrider.postgres.copy.LoadTables;
import dev.postrider.postgres.copy.SchemaAt;
import dev.postrider.postgres.copy.Table;
import dev.postrider.postgres.embedded.DataFolder;
import dev.postrider.postgres.embedded.ServerChoice;
import dev.postrider.postgres.embedded.StagedData;
import dev.postrider.postgres.embedded.SupervisedServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts a backup into a database with nothing in it.
 *
 * @param checking says how far the file has been read before anything is written
 * @param loading says how far its rows have been written
 */
public record Restore(Progress checking, Progress loading) {

    /**
     * What was restored.
     *
     * @param masterKey the text of the key, when it was in the backup
     */
    public record Restored(
            BackupHead head,
            BackupEnd end,
            Optional<String> masterKey,
            DoubtWaiting.Told waiting) {}

    /** Into a data folder, for the embedded database. */
    public Restored into(
            Path dataFolder, ServerChoice choice, Path file, BackupKey key, Waiting waiting) {
        refuseData(dataFolder);
        check(file, key);
        try (var folder = DataFolder.takeAsItIs(dataFolder)) {
            refuseData(dataFolder);
            var staged = StagedData.begin(folder);
            var restored = stage(staged, choice, file, key, waiting);
            staged.install();
            return restored;
        } catch (IOException e) {
            throw new BackupUnusable(
                    "The backup can't be restored into "
                            + dataFolder
                            + " ("
                            + e.getMessage()
                            + ").");
        }
    }

    private Restored stage(
            StagedData staged, ServerChoice choice, Path file, BackupKey key, Waiting waiting)
            throws IOException {
        try {
            Restored restored;
            try (var folder = staged.take();
                    var server = SupervisedServer.start(folder, choice)) {
                restored = load(server.url(), file, key, waiting);
            }
            staged.complete();
            return restored;
        } catch (RuntimeException e) {
            staged.delete();
            throw e;
        }
    }

    /** Into an empty database of the operator's own PostgreSQL. */
    public Restored into(DatabaseUrl url, Path file, BackupKey key, Waiting waiting) {
        check(file, key);
        return load(url, file, key, waiting);
    }

    private static void refuseData(Path dataFolder) {
        if (StagedData.version(dataFolder).isPresent()) {
            throw new BackupUnusable(
                    "The folder "
                            + dataFolder
                            + " has a database in it, which isn't overwritten: set POSTRIDER_DATA_DIR"
                            + " to a new folder.");
        }
    }

    private void check(Path file, BackupKey key) {
        try {
            new ReadBackup(file, key, checking).check();
        } finally {
            checking.end();
        }
    }

    private Restored load(DatabaseUrl url, Path file, BackupKey key, Waiting waiting) {
        ReadBackup.Whole whole;
        try (var load = new Load(url)) {
            whole = new ReadBackup(file, key, loading).read(load);
        } finally {
            loading.end();
        }
        try (var database = Database.at(url)) {
            var told = new DoubtWaiting(database).since(takenAt(whole.head()), waiting);
            return new Restored(whole.head(), whole.end(), whole.masterKey(), told);
        }
    }

    private static Instant takenAt(BackupHead head) {
        return Instant.parse(head.takenAt());
    }

    /** The rows of a backup on their way into the database. */
    private static final class Load implements ReadBackup.Reader, AutoCloseable {
        private final DatabaseUrl url;
        private @Nullable LoadTables tables;

        Load(DatabaseUrl url) {
            this.url = url;
        }

        @Override
        public void begin(BackupHead head) {
            SchemaAt.make(url, head.schema());
            tables = LoadTables.into(url);
        }

        @Override
        public Optional<Long> read(Table table, InputStream rows) throws IOException {
            return Optional.of(Objects.requireNonNull(tables).copy(table, rows));
        }

        @Override
        public void end(BackupEnd end) {
            Objects.requireNonNull(tables)
                    .finish(end.sequences().stream().map(BackupEnd.SequenceEnd::sequence).toList());
        }

        @Override
        public void close() {
            if (tables != null) {
                tables.close();
            }
        }
    }
}
