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
            var key = new MasterKeyFile(settings.masterKeyFile().orElseThrow());
            key.check();
            return open(Optional.empty(), Database.at(settings.databaseUrl().get()), key);
        }
        var folder = DataFolder.take(settings.dataDir());
        try {
            var key = masterKey(settings, folder);
            return open(Optional.of(folder), Database.embedded(folder), key);
        } catch (RuntimeException e) {
            close(folder);
            throw e;
        }
    }

    private static Storage open(Optional<DataFolder> folder, Database database, MasterKeyFile key) {
        try {
            return new Storage(folder, database, Vault.of(database, key));
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static MasterKeyFile masterKey(Settings settings, DataFolder folder) {
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
        file.check();
        return file;
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
