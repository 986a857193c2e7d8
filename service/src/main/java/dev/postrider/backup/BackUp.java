package dev.postrider.backup;

import dev.postrider.postgres.connection.DatabaseUrl;
import dev.postrider.postgres.copy.Snapshot;
import dev.postrider.postgres.embedded.ServerChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes a backup.
 *
 * @param version Postrider's
 */
public record BackUp(String version, Progress progress) {

    /**
     * What is wanted.
     *
     * @param file where it is to be
     * @param overwrite whether it may be there already
     * @param key what seals it
     * @param masterKey the text of the key that opens credentials, when it is to be in it
     */
    public record Wanted(Path file, boolean overwrite, BackupKey key, Optional<String> masterKey) {
        public Wanted {
            if (masterKey.isPresent() && key instanceof BackupKey.None) {
                throw new BackupUnusable(
                        "With the master key in it, a backup opens every mailbox: encrypt it, with"
                                + " --encrypt or --key-file.");
            }
        }
    }

    /** What was made. */
    public record Made(BackupHead head, BackupEnd end, long octets) {
        @Override
        public String toString() {
            return "%,d rows as of %s, %s of database in %s"
                    .formatted(
                            end.rows(),
                            head.takenAt(),
                            Progress.octets(head.databaseOctets()),
                            Progress.octets(octets));
        }
    }

    /** Of the operator's own PostgreSQL. */
    public Made of(DatabaseUrl url, Wanted wanted) {
        return make(() -> Source.of(url), wanted);
    }

    /** Of the embedded one, whether the program runs or not. */
    public Made of(Path dataFolder, ServerChoice choice, Wanted wanted) {
        return make(() -> Source.of(dataFolder, choice), wanted);
    }

    private Made make(Supplier<Source> from, Wanted wanted) {
        var file = new NewFile(wanted.file(), wanted.overwrite());
        file.check();
        return file.write(
                out -> {
                    try (var source = from.get();
                            var snapshot = Snapshot.of(source.url())) {
                        new WriteBackup(snapshot, version, wanted.masterKey(), progress)
                                .to(out, wanted.key());
                    } finally {
                        progress.end();
                    }
                },
                written -> check(written, wanted.key(), progress.then("Reading back")));
    }

    /** Whether a file is a backup that is opened by a passphrase. */
    public static boolean wantsPassphrase(Path file) {
        return SealedFile.wantsPassphrase(file);
    }

    /**
     * Reads a backup to its end.
     *
     * @throws BackupUnusable when it isn't whole
     */
    public Made check(Path file, BackupKey key) {
        return check(file, key, progress);
    }

    private static Made check(Path file, BackupKey key, Progress progress) {
        try {
            var whole = new ReadBackup(file, key, progress).check();
            return new Made(whole.head(), whole.end(), Files.size(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            progress.end();
        }
    }
}
