package dev.postrider.backup;

import dev.postrider.machine.StopPoint;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.RestoreMark;
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
 * Puts a backup into a database with nothing in it. Killed at any moment, it leaves what no program
 * starts on, and is ended by being made again: with data in a folder from its beginning, with a
 * database of the operator's from where the rows were committed.
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

    /**
     * What is restored.
     *
     * @param waiting what becomes of the emails that waited
     */
    public record Wanted(Path file, BackupKey key, Waiting waiting) {}

    /** Gets what was in the backup beside the rows, before the database can be started on. */
    public interface KeepMasterKey {
        void keep(String masterKey);
    }

    /** Into a data folder, for the embedded database. */
    public Restored into(
            Path dataFolder, ServerChoice choice, Wanted wanted, KeepMasterKey keepKey) {
        refuseData(dataFolder);
        var whole = check(wanted);
        try (var folder = DataFolder.takeAsItIs(dataFolder)) {
            refuseData(dataFolder);
            whole.masterKey().ifPresent(keepKey::keep);
            var staged = StagedData.begin(folder);
            var told = stage(staged, dataFolder, choice, wanted, whole);
            staged.install();
            return restored(whole, told);
        } catch (IOException e) {
            throw new BackupUnusable(
                    "The backup can't be restored into "
                            + dataFolder
                            + " ("
                            + e.getMessage()
                            + ").");
        }
    }

    private DoubtWaiting.Told stage(
            StagedData staged,
            Path dataFolder,
            ServerChoice choice,
            Wanted wanted,
            ReadBackup.Whole whole)
            throws IOException {
        DoubtWaiting.Told told;
        try (var folder = staged.take();
                var server = SupervisedServer.start(folder, choice)) {
            told = load(server.url(), wanted, whole.head());
        } catch (RuntimeException | IOException e) {
            throw FullDisk.giveUp(staged, dataFolder, e);
        }
        staged.complete();
        StopPoint.DATA_STAGED.pass();
        return told;
    }

    /** Into an empty database of the operator's own PostgreSQL. */
    public Restored into(DatabaseUrl url, Wanted wanted, KeepMasterKey keepKey) {
        var whole = check(wanted);
        whole.masterKey().ifPresent(keepKey::keep);
        return restored(whole, load(url, wanted, whole.head()));
    }

    private static Restored restored(ReadBackup.Whole whole, DoubtWaiting.Told told) {
        return new Restored(whole.head(), whole.end(), whole.masterKey(), told);
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

    private ReadBackup.Whole check(Wanted wanted) {
        try {
            return new ReadBackup(wanted.file(), wanted.key(), checking).check();
        } finally {
            checking.end();
        }
    }

    private DoubtWaiting.Told load(DatabaseUrl url, Wanted wanted, BackupHead head) {
        if (!isLoaded(url, takenAt(head))) {
            loadRows(url, wanted);
        }
        StopPoint.RESTORE_LOADED.pass();
        try (var database = Database.ofRestore(url)) {
            return new DoubtWaiting(database).since(takenAt(head), wanted.waiting());
        }
    }

    /** By a restore of the same backup that was killed then. */
    private static boolean isLoaded(DatabaseUrl url, Instant takenAt) {
        var mark = RestoreMark.at(url).filter(RestoreMark::isLoaded);
        if (mark.isPresent() && !mark.get().backup().equals(takenAt)) {
            throw new BackupUnusable(
                    "A restore of another backup, of "
                            + mark.get().backup()
                            + ", was cut off in the database "
                            + url.place()
                            + ": end that one, or restore into an empty database.");
        }
        return mark.isPresent();
    }

    /** In one transaction, which says that what waited isn't in doubt yet. */
    void loadRows(DatabaseUrl url, Wanted wanted) {
        try (var load = new Load(url, loading)) {
            var _ = new ReadBackup(wanted.file(), wanted.key(), loading).read(load);
        } finally {
            loading.end();
        }
    }

    private static Instant takenAt(BackupHead head) {
        return Instant.parse(head.takenAt());
    }

    /** The rows of a backup on their way into the database. */
    private static final class Load implements ReadBackup.Reader, AutoCloseable {
        private final DatabaseUrl url;
        private final Progress loading;
        private @Nullable LoadTables tables;

        Load(DatabaseUrl url, Progress loading) {
            this.url = url;
            this.loading = loading;
        }

        @Override
        public void begin(BackupHead head) {
            SchemaAt.make(url, head.schema());
            tables = LoadTables.restoring(url, takenAt(head));
        }

        @Override
        public Optional<Long> read(Table table, InputStream rows) throws IOException {
            return Optional.of(Objects.requireNonNull(tables).copy(table, rows));
        }

        @Override
        public void end(BackupEnd end) {
            loading.step("making indexes");
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
