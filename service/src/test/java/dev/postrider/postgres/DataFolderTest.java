package dev.postrider.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    @ParameterizedTest
    @ValueSource(strings = {"/proc/postrider", "/proc/self"})
    void aFolderThatCannotBeWrittenIsSaid(Path path) {
        assertRefused(path);
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
