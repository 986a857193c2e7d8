package dev.postrider.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.FreshDatabase;
import dev.postrider.postgres.connection.DatabaseUrl;
import dev.postrider.postgres.copy.Snapshot;
import dev.postrider.postgres.embedded.ServerChoice;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes backups for tests, and tells what databases hold. */
final class Backups {
    static final BackupKey UNSEALED = new BackupKey.None();
    static final BackupKey WORDS =
            new BackupKey.Passphrase(
                    "correct horse battery staple", new BackupKey.Cost(1 << 10, 1));

    private Backups() {}

    static BackUp.Made make(Database database, Path file, BackupKey key) {
        return new BackUp("0.0.0-test", Progress.NONE)
                .of(database.url(), new BackUp.Wanted(file, false, key, Optional.empty()));
    }

    static final Restore RESTORE = new Restore(Progress.NONE, Progress.NONE);

    /** Of one that isn't sealed, into a database. */
    static Restore.Restored restore(DatabaseUrl url, Path file, Waiting waiting) {
        return RESTORE.into(url, wanted(file, waiting), Backups::refuseKey);
    }

    /** The same, into a folder. */
    static Restore.Restored restore(Path dataFolder, Path file, Waiting waiting) {
        return RESTORE.into(
                dataFolder, ServerChoice.BUNDLED, wanted(file, waiting), Backups::refuseKey);
    }

    static Restore.Wanted wanted(Path file, Waiting waiting) {
        return new Restore.Wanted(file, UNSEALED, waiting);
    }

    private static void refuseKey(String masterKey) {
        throw new AssertionError("there is a master key in it: " + masterKey);
    }

    /** An empty database beside this one. */
    static FreshDatabase emptyBeside(Database database) {
        return FreshDatabase.on(database.url());
    }

    /** A folder with all that is in it. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Each table's rows, as one number. */
    static Map<String, String> content(DatabaseUrl url) throws IOException {
        var content = new TreeMap<String, String>();
        try (var snapshot = Snapshot.of(url)) {
            for (var table : snapshot.tables()) {
                var digest = Sha256.begin();
                var rows =
                        snapshot.copy(
                                table,
                                new DigestOutputStream(OutputStream.nullOutputStream(), digest));
                content.put(
                        table.name(), rows + " " + HexFormat.of().formatHex(digest.digest(), 0, 8));
            }
        }
        assertThat(content).isNotEmpty();
        return content;
    }
}
