package dev.postrider.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.postgres.Wakeups;
import dev.postrider.rig.Lanes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestDatabase.class)
final class DamagedBackupTest {
    private static final BackupKey FILE = new BackupKey.KeyFile("0123456789abcdef0123456789abcdef");

    /** Before it gzip's head says when and by what system: nobody reads that. */
    private static final int GZIP_HEAD = 10;

    private final Database database;

    @TempDir private Path folder = Path.of("");

    DamagedBackupTest(Database database) throws InterruptedException {
        this.database = database;
        try (var lanes = new Lanes(database, new Wakeups())) {
            lanes.queueMany(lanes.sandbox(), 50);
        }
    }

    @Test
    void whereverItIsCutOffItIsRefused() throws Exception {
        for (var key : new BackupKey[] {Backups.UNSEALED, FILE}) {
            var whole = made(key);
            for (var length : spread(0, whole.length - 1)) {
                refuses(Arrays.copyOf(whole, length), key);
            }
            accepts(whole, key);
        }
    }

    @Test
    void whicheverOctetIsAnotherItIsRefused() throws Exception {
        for (var key : new BackupKey[] {Backups.UNSEALED, FILE}) {
            var whole = made(key);
            var written = read(whole, key);
            for (var place : spread(GZIP_HEAD, whole.length - 1)) {
                var damaged = whole.clone();
                damaged[place] ^= 1;
                assertThat(isRefusedOrTheSame(damaged, key, written))
                        .as("octet %d of %d, %s", place, whole.length, key)
                        .isTrue();
            }
        }
    }

    @Test
    void itIsOpenedByItsOwnKeyOnly() throws Exception {
        var sealed = made(Backups.WORDS);
        accepts(sealed, Backups.WORDS);
        refuses(sealed, new BackupKey.Passphrase("incorrect horse"), "isn't the one");
        refuses(sealed, Backups.UNSEALED, "encrypted with a passphrase");
        refuses(sealed, FILE, "encrypted with a passphrase");

        var byFile = made(FILE);
        refuses(
                byFile,
                new BackupKey.KeyFile("another key file, of 32 octets and more"),
                "isn't the one");
        refuses(byFile, Backups.WORDS, "encrypted with a key file");
        assertThat(new String(byFile, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("backup.json", "example.com");
    }

    @Test
    void aFullDiskLeavesNothing() throws Exception {
        var full = new NewFile(folder.resolve("full"), false);
        assertThatThrownBy(() ->
                        full.write(
                                _ -> {
                                    throw new IOException("No space left on device");
                                },
                                Files::size))
                .isInstanceOf(BackupUnusable.class)
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("nothing is left of it");
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    /** Before, it had its name by then, and had taken the place of a good one. */
    @Test
    void whatIsReadBackDamagedNeverHasItsName() throws Exception {
        var path = folder.resolve("daily");
        Files.writeString(path, "yesterday's");
        var file = new NewFile(path, true);
        assertThatThrownBy(() ->
                        file.write(
                                out -> out.write(1),
                                written -> {
                                    assertThat(Files.size(written)).isEqualTo(1);
                                    throw new BackupUnusable("it is damaged");
                                }))
                .isInstanceOf(BackupUnusable.class)
                .hasMessage("it is damaged");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
        assertThat(Files.readString(path)).isEqualTo("yesterday's");
    }

    /** Two that have one name: before, the first gave it to what the second had only begun. */
    @Test
    void aHalfOfAnotherNeverGetsItsName() throws Exception {
        var path = folder.resolve("daily");
        var first = new NewFile(path, true);
        assertThatThrownBy(() ->
                        first.write(
                                out -> out.write(1),
                                _ -> {
                                    // the other goes on behind this one's end
                                    var left = path.resolveSibling("daily.unfinished");
                                    Files.delete(left);
                                    return Files.writeString(left, "a half");
                                }))
                .isInstanceOf(BackupUnusable.class)
                .hasMessageContaining("Another backup");
        assertThat(path).doesNotExist();
        assertThat(path.resolveSibling("daily.unfinished")).hasContent("a half");
    }

    @Test
    void theMasterKeyIsNeverInTheClear() {
        assertThatThrownBy(() ->
                        new BackUp.Wanted(
                                folder.resolve("plain"),
                                false,
                                Backups.UNSEALED,
                                java.util.Optional.of("{}")))
                .isInstanceOf(BackupUnusable.class)
                .hasMessageContaining("encrypt it");
    }

    /** Within a row of zeros gzip says the same in several ways. */
    private boolean isRefusedOrTheSame(byte[] content, BackupKey key, ReadBackup.Whole written)
            throws IOException {
        try {
            return read(content, key).equals(written) && key instanceof BackupKey.None;
        } catch (BackupUnusable _) {
            return true;
        }
    }

    private byte[] made(BackupKey key) throws IOException {
        var file = Files.createTempDirectory(folder, "made").resolve("backup");
        Backups.make(database, file, key);
        return Files.readAllBytes(file);
    }

    /** Some forty places from the first to the last. */
    private static int[] spread(int first, int last) {
        var step = Math.max(1, (last - first) / 40);
        return IntStream.concat(
                        IntStream.iterate(first, place -> place < last, place -> place + step),
                        IntStream.of(last))
                .toArray();
    }

    private void accepts(byte[] content, BackupKey key) throws IOException {
        assertThat(read(content, key).end().rows()).isGreaterThan(50);
    }

    private void refuses(byte[] content, BackupKey key) {
        assertThatThrownBy(() -> read(content, key)).isInstanceOf(BackupUnusable.class);
    }

    private void refuses(byte[] content, BackupKey key, String because) {
        assertThatThrownBy(() -> read(content, key))
                .isInstanceOf(BackupUnusable.class)
                .hasMessageContaining(because);
    }

    private ReadBackup.Whole read(byte[] content, BackupKey key) throws IOException {
        var file = folder.resolve("read");
        Files.write(file, content);
        return new ReadBackup(file, key, Progress.NONE).check();
    }
}
