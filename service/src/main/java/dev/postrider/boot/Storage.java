package dev.postrider.boot;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.embedded.DataFolder;
import dev.postrider.postgres.embedded.EmbeddedDatabase;
import dev.postrider.vault.MasterKeyFile;
import dev.postrider.vault.MasterKeySource;
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
            var key = settings.masterKey().source(settings.dataDir());
            key.check();
            return open(
                    Optional.empty(),
                    Database.at(settings.databaseUrl().get(), settings.pool()),
                    key);
        }
        var folder = DataFolder.take(settings.dataDir());
        try {
            var key = masterKey(settings, folder);
            return open(
                    Optional.of(folder), EmbeddedDatabase.open(folder, settings.postgres()), key);
        } catch (RuntimeException e) {
            close(folder);
            throw e;
        }
    }

    private static Storage open(
            Optional<DataFolder> folder, Database database, MasterKeySource key) {
        try {
            return new Storage(folder, database, Vault.atStart(database, key));
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static MasterKeySource masterKey(Settings settings, DataFolder folder) {
        var key = settings.masterKey().source(folder.path());
        // a database without its key is for the operator to mend, not for a new key to hide
        if (!settings.masterKey().areGiven()
                && key instanceof MasterKeyFile file
                && !Files.exists(file.path())
                && !Files.exists(folder.path().resolve("postgres"))) {
            file.create();
        }
        key.check();
        return key;
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
