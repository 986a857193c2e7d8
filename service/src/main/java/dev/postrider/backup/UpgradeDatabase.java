package dev.postrider.backup;

import dev.postrider.machine.StopPoint;
import dev.postrider.postgres.connection.DatabaseUrl;
import dev.postrider.postgres.copy.LoadTables;
import dev.postrider.postgres.copy.SchemaAt;
import dev.postrider.postgres.copy.Snapshot;
import dev.postrider.postgres.copy.Table;
import dev.postrider.postgres.embedded.DataFolder;
import dev.postrider.postgres.embedded.ServerChoice;
import dev.postrider.postgres.embedded.StagedData;
import dev.postrider.postgres.embedded.SupervisedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Moves the embedded database's data from an older PostgreSQL to the one that Postrider brings: all
 * rows are copied into new data beside it, read back and compared, and only then the new data takes
 * the old one's place. The old one is kept under another name.
 */
public record UpgradeDatabase(Progress progress) {

    /** What was done. */
    public sealed interface Done {
        /** There was nothing to do. */
        record Already(int version) implements Done {}

        /**
         * It is of the newer version now.
         *
         * @param kept where the old data is
         */
        record Upgraded(int from, int to, long rows, Path kept) implements Done {}
    }

    /** What a table's rows were. */
    private record Copied(long rows, String sha256) {}

    public Done run(Path dataFolder) {
        if (!Files.isDirectory(dataFolder)) {
            throw Source.noDatabase(dataFolder);
        }
        try (var folder = DataFolder.take(dataFolder)) {
            var version =
                    StagedData.version(dataFolder).orElseThrow(() -> Source.noDatabase(dataFolder));
            return version >= StagedData.newestVersion()
                    ? new Done.Already(version)
                    : upgrade(folder, version);
        } catch (IOException e) {
            throw new BackupUnusable(
                    "The database can't be upgraded ("
                            + e.getMessage()
                            + "). The program starts on the old data, or on all of the new.");
        }
    }

    private Done upgrade(DataFolder folder, int version) throws IOException {
        var kept = folder.path().resolve("postgres-" + version);
        if (Files.exists(kept)) {
            throw new BackupUnusable(
                    kept + " is there already, from an earlier upgrade: delete or move it first.");
        }
        var staged = StagedData.begin(folder);
        var rows = stage(folder, staged);
        staged.complete();
        StopPoint.DATA_STAGED.pass();
        staged.moveAside(kept);
        StopPoint.DATA_ASIDE.pass();
        staged.install();
        return new Done.Upgraded(version, StagedData.newestVersion(), rows, kept);
    }

    private long stage(DataFolder folder, StagedData staged) throws IOException {
        try (var old = SupervisedServer.start(folder, ServerChoice.AUTO);
                var snapshot = Snapshot.of(old.url());
                var beside = staged.take()) {
            staged.keepPassword();
            try (var fresh = SupervisedServer.start(beside, ServerChoice.BUNDLED)) {
                var copied = copy(snapshot, fresh.url());
                progress.step("comparing");
                compare(fresh.url(), copied);
                return copied.values().stream().mapToLong(Copied::rows).sum();
            }
        } catch (RuntimeException | IOException e) {
            throw FullDisk.giveUp(staged, folder.path(), e);
        } finally {
            progress.end();
        }
    }

    private Map<String, Copied> copy(Snapshot snapshot, DatabaseUrl fresh) throws IOException {
        SchemaAt.make(fresh, snapshot.facts().schema());
        var copied = new LinkedHashMap<String, Copied>();
        var tables = snapshot.tables();
        var whole = tables.stream().mapToLong(Table::octets).sum();
        var before = 0L;
        try (var load = LoadTables.into(fresh)) {
            for (var table : tables) {
                progress.at(table.name(), before, whole);
                copied.put(table.name(), copy(snapshot, load, table));
                before += table.octets();
            }
            progress.step("making indexes");
            load.finish(snapshot.sequences());
        }
        return copied;
    }

    private static Copied copy(Snapshot snapshot, LoadTables load, Table table) throws IOException {
        var digest = Sha256.begin();
        try (var rows = new RowsAcross()) {
            var read = rows.write(out -> snapshot.copy(table, new DigestOutputStream(out, digest)));
            var written = load.copy(table, rows.in());
            var sent = read.join();
            if (sent != written) {
                throw new IOException(
                        "of " + sent + " rows of " + table.name() + " " + written + " arrived");
            }
            return new Copied(written, HexFormat.of().formatHex(digest.digest()));
        }
    }

    /** What the new data says now is what the old data said. */
    private void compare(DatabaseUrl fresh, Map<String, Copied> copied) throws IOException {
        try (var snapshot = Snapshot.of(fresh)) {
            for (var table : snapshot.tables()) {
                var digest = Sha256.begin();
                var rows =
                        snapshot.copy(
                                table,
                                new DigestOutputStream(OutputStream.nullOutputStream(), digest));
                var read = new Copied(rows, HexFormat.of().formatHex(digest.digest()));
                if (!read.equals(copied.get(table.name()))) {
                    throw new IOException("the rows of " + table.name() + " differ");
                }
            }
        }
    }
}
