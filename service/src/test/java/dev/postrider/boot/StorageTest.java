package dev.postrider.boot;

import static org.assertj.core.api.Assertions.assertThat;
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

    @Test
    void oneThatIsOpenedAheadIsTakenOnceOrClosed() throws IOException {
        var settings = settings(Map.of("POSTRIDER_DATA_DIR", folder.toString()));
        assertThat(StorageAhead.take()).isEmpty();

        StorageAhead.open(settings);
        try (var storage = StorageAhead.take().orElseThrow()) {
            assertThat(storage.database().isEmbedded()).isTrue();
            assertThat(StorageAhead.take()).isEmpty();
            StorageAhead.abandon();
            assertThat(
                            storage.database()
                                    .<Integer>read(handle ->
                                            handle.select("select 1").mapTo(Integer.class).one()))
                    .isOne();
        }
        StorageAhead.open(settings);
        StorageAhead.abandon();

        assertThat(folder.resolve("postgres/postmaster.pid")).doesNotExist();
        DataFolder.take(folder).close();
    }

    @Test
    void whatKeepsOneFromOpeningIsSaidToWhoTakesIt() throws IOException {
        Files.createDirectory(folder.resolve("postgres"));
        var settings = settings(Map.of("POSTRIDER_DATA_DIR", folder.toString()));

        StorageAhead.open(settings);
        assertThatThrownBy(StorageAhead::take).isInstanceOf(MasterKeyUnusable.class);
        StorageAhead.open(settings);
        StorageAhead.abandon();
    }

    private static void open(Map<String, String> environment) {
        Storage.open(settings(environment)).close();
    }

    private static Settings settings(Map<String, String> environment) {
        return Settings.read(name -> Optional.ofNullable(environment.get(name)));
    }
}
