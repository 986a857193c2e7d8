package dev.postrider.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.postgres.Wakeups;
import dev.postrider.postgres.embedded.DataFolder;
import dev.postrider.postgres.embedded.EmbeddedDatabase;
import dev.postrider.postgres.embedded.ServerChoice;
import dev.postrider.postgres.embedded.StagedData;
import dev.postrider.rig.Lanes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** On a disk that is as small as is wanted, which root alone can make. */
@ExtendWith(TestDatabase.class)
final class FullDiskTest {
    private static final int ENOUGH = 600;

    private final Database database;

    @TempDir private Path folder = Path.of("");
    private Path disk = Path.of("");

    FullDiskTest(Database database) throws InterruptedException {
        this.database = database;
        try (var lanes = new Lanes(database, new Wakeups())) {
            lanes.queueMany(lanes.sandbox(), 300);
        }
    }

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()))
                .as("whether this user may mount")
                .isZero();
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "--lazy", disk.toString());
    }

    @Test
    void aBackupThatDoesntFitLeavesNothing() throws Exception {
        Files.write(disk.resolve("other"), new byte[(1 << 20) - 8_192]);
        assertThatThrownBy(() ->
                        Backups.make(database, disk.resolve("small.backup"), Backups.UNSEALED))
                .isInstanceOf(BackupUnusable.class)
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("Make room");
        try (var files = Files.list(disk)) {
            assertThat(files).containsExactly(disk.resolve("other"));
        }
    }

    /** At the programs, and at the database. */
    @Test
    void aRestoreThatDoesntFitLeavesTheRoomThatItFoundAndIsMadeOnceThereIsSome() throws Exception {
        var file = folder.resolve("backup");
        Backups.make(database, file, Backups.UNSEALED);
        var data = disk.resolve("data");
        for (var megabytes : new int[] {20, 90}) {
            resize(megabytes);
            assertThatThrownBy(() -> Backups.restore(data, file, Waiting.HOLD))
                    .as("with %d MB", megabytes)
                    .isInstanceOf(BackupUnusable.class)
                    .hasMessageContaining("is full: make room");
            assertThat(data.resolve("staged")).doesNotExist();
            assertThat(data.resolve("postgres")).doesNotExist();
        }
        resize(ENOUGH);
        assertThat(Backups.restore(data, file, Waiting.HOLD).waiting().emails()).isEqualTo(300);
    }

    @Test
    void anUpgradeThatDoesntFitLeavesTheOldDataAndItsRoom() throws Exception {
        resize(ENOUGH);
        var data = disk.resolve("data");
        open(data);
        var old = StagedData.version(data).orElseThrow();
        assumeThat(old).isLessThan(StagedData.newestVersion());
        var used = used();
        for (var more : new int[] {10, 75}) {
            resize(used + more);
            assertThatThrownBy(() -> new UpgradeDatabase(Progress.NONE).run(data))
                    .as("with %d MB more", more)
                    .isInstanceOf(BackupUnusable.class)
                    .hasMessageContaining("is full: make room");
            assertThat(data.resolve("staged")).doesNotExist();
            assertThat(StagedData.version(data)).contains(old);
        }
        open(data);
        resize(ENOUGH);
        assertThat(new UpgradeDatabase(Progress.NONE).run(data))
                .isInstanceOf(UpgradeDatabase.Done.Upgraded.class);
        open(data);
    }

    private static void open(Path data) throws IOException {
        try (var taken = DataFolder.take(data)) {
            EmbeddedDatabase.open(taken, ServerChoice.AUTO).close();
        }
    }

    private int used() throws IOException {
        var store = Files.getFileStore(disk);
        return (int) ((store.getTotalSpace() - store.getUsableSpace()) >> 20);
    }

    private void resize(int megabytes) throws Exception {
        assertThat(run("mount", "-o", "remount,size=" + megabytes + "m", disk.toString())).isZero();
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
