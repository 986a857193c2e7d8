package dev.postrider.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.postrider.postgres.embedded.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckDataFolderTest {
    @TempDir private Path folder;

    @Test
    void aProgramThatRunsOnItIsSeen() throws Exception {
        var data = folder.resolve("data");
        assertThat(found(data)).startsWith("OK data-folder-new");
        try (var _ = DataFolder.take(data)) {
            assertThat(found(data))
                    .contains("OK data-folder", "OK data-folder-mode", "OK data-folder-held");
        }
        assertThat(found(data)).contains("OK data-folder-free");
    }

    @Test
    void nothingIsMadeOrChanged() throws Exception {
        found(folder);
        found(folder.resolve("none"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void oneThatOthersMayLookIntoIsSaid() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(found(folder)).contains("WARNING data-folder-open");
    }

    @Test
    void aFileInItsPlaceIsSaid() throws Exception {
        var file = Files.createFile(folder.resolve("file"));
        assertThat(found(file)).containsExactly("PROBLEM data-folder-no-folder");
    }

    @Test
    void aDiskWithoutRoomAndOneInMemoryAreSaid() throws Exception {
        assumeThat(mount("size=1m")).as("root in a machine of its own").isTrue();
        try {
            assertThat(found(folder))
                    .contains("PROBLEM disk-full", "WARNING data-folder-in-memory");
            assertThat(new CheckMachine(folder).look())
                    .anyMatch(each -> each.id().equals("temporary-folder-full"));
        } finally {
            unmount();
        }
    }

    @Test
    void aDiskThatCannotBeWrittenIsSaid() throws Exception {
        assumeThat(mount("ro")).as("root in a machine of its own").isTrue();
        try {
            assertThat(found(folder)).contains("PROBLEM data-folder-read-only");
        } finally {
            unmount();
        }
    }

    private boolean mount(String options) throws Exception {
        return run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString());
    }

    private void unmount() throws Exception {
        assertThat(run("umount", folder.toString())).isTrue();
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    private static List<String> found(Path path) throws Exception {
        return Found.by(new CheckDataFolder(path, true));
    }
}
