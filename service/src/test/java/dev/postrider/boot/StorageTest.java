package dev.postrider.boot;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.postgres.DatabaseUnusable;
import dev.postrider.postgres.embedded.DataFolder;
import dev.postrider.vault.MasterKeyFile;
import dev.postrider.vault.MasterKeyUnusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StorageTest {
    @TempDir private Path folder;

    @Test
    void aDatabaseWhoseKeyIsLostGetsNoNewOne() throws IOException {
        Files.createDirectory(folder.resolve("postgres"));

        assertThatThrownBy(() -> open(Map.of("POSTRIDER_DATA_DIR", folder.toString())))
                .isInstanceOf(MasterKeyUnusable.class)
                .hasMessageContaining("master-key.json doesn't exist: restore it");
        // and the next start can have the folder
        DataFolder.take(folder).close();
    }

    @Test
    void aFolderThatAnotherProgramHasIsSaid() throws IOException {
        try (var _ = DataFolder.take(folder)) {
            assertThatThrownBy(() -> open(Map.of("POSTRIDER_DATA_DIR", folder.toString())))
                    .isInstanceOf(DatabaseUnusable.class)
                    .hasMessageStartingWith("Another Postrider (process ");
        }
    }

    @Test
    void anOwnDatabaseThatDoesNotAnswerIsSaid() {
        var key = new MasterKeyFile(folder.resolve("key.json"));
        key.create();
        assertThatThrownBy(() ->
                        open(
                                Map.of(
                                        "POSTRIDER_DATABASE_URL",
                                        "postgresql://u:p@127.0.0.1:1/db",
                                        "POSTRIDER_MASTER_KEY_FILE",
                                        key.path().toString())))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessageStartingWith("No PostgreSQL answers at 127.0.0.1:1/db");
    }

    private static void open(Map<String, String> environment) {
        Storage.open(Settings.read(name -> Optional.ofNullable(environment.get(name)))).close();
    }
}
