package dev.postrider.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.postgres.DatabaseUnusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
    @Test
    void oneProgramHasItAtATime(@TempDir Path parent) throws IOException {
        var path = parent.resolve("data");
        try (var _ = DataFolder.take(path)) {
            assertThatThrownBy(() -> DataFolder.take(path))
                    .isInstanceOf(DatabaseUnusable.class)
                    .hasMessageContaining("(process " + ProcessHandle.current().pid() + ")")
                    .hasMessageContaining(path.toString());
        }
        DataFolder.take(path).close();
    }

    @Test
    void aFileInItsPlaceIsSaid(@TempDir Path parent) throws IOException {
        var file = Files.createFile(parent.resolve("file"));
        assertRefused(file);
        assertRefused(file.resolve("data"));
    }

    /** Not even root writes there. */
    @Test
    void aFolderThatCannotBeWrittenIsSaid() {
        assertRefused(Path.of("/proc/postrider"));
    }

    @Test
    void aFolderOfItsOwnThatIsOpenToOthersIsClosed(@TempDir Path parent) throws IOException {
        var path = Files.createDirectory(parent.resolve("data"));
        for (var start = 0; start < 2; start++) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xrwx"));
            try (var _ = DataFolder.take(path)) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .isEqualTo("rwx------");
            }
        }
    }

    @Test
    void aFolderThatIsOpenToOthersWithTheirFilesIsLeftAlone(@TempDir Path parent)
            throws IOException {
        var path = Files.createDirectory(parent.resolve("home"));
        Files.createFile(path.resolve("letters"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThatThrownBy(() -> DataFolder.take(path))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessageContaining("is open to others (rwxr-xr-x) and has other files in it");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rwxr-xr-x");
    }

    private static void assertRefused(Path path) {
        assertThatThrownBy(() -> DataFolder.take(path))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessageStartingWith("The data folder " + path + " can't be written (")
                .hasMessageEndingWith(
                        "): give it to this user, or set POSTRIDER_DATA_DIR to a folder that is.")
                .hasMessageNotContainingAny("\n", "Exception:\n");
    }
}
