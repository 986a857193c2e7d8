package dev.postrider.boot;

import dev.postrider.postgres.DataFolder;
import dev.postrider.postgres.Database;
import dev.postrider.vault.MasterKeyFile;
import dev.postrider.vault.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * The database and the vault whose key seals what is in it; with the embedded database its folder.
 */
record Storage(Optional<DataFolder> folder, Database database, Vault vault)
        implements AutoCloseable {

    static Storage open(Settings settings) {
        if (settings.databaseUrl().isPresent()) {
            var vault = new MasterKeyFile(settings.masterKeyFile().orElseThrow()).open();
            return new Storage(Optional.empty(), Database.at(settings.databaseUrl().get()), vault);
        }
        var folder = DataFolder.take(settings.dataDir());
        try {
            var vault = vault(settings, folder);
            return new Storage(Optional.of(folder), Database.embedded(folder), vault);
        } catch (RuntimeException e) {
            close(folder);
            throw e;
        }
    }

    private static Vault vault(Settings settings, DataFolder folder) {
        var file =
                new MasterKeyFile(
                        settings.masterKeyFile()
                                .orElseGet(() -> folder.path().resolve("master-key.json")));
        // a database without its key is for the operator to mend, not for a new key to hide
        if (settings.masterKeyFile().isEmpty()
                && !Files.exists(file.path())
                && !Files.exists(folder.path().resolve("postgres"))) {
            file.create();
        }
        return file.open();
    }

    @Override
    public void close() {
        database.close();
        folder.ifPresent(Storage::close);
    }

    private static void close(DataFolder folder) {
        try {
            folder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
