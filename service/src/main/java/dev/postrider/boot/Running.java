package dev.postrider.boot;

import dev.postrider.postgres.DataFolder;
import dev.postrider.postgres.Database;
import dev.postrider.vault.MasterKeyFile;
import dev.postrider.vault.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;

/** Everything that runs, started in order and stopped in the reverse one. */
final class Running implements AutoCloseable {
    private final Optional<DataFolder> folder;
    private final Database database;
    private final Vault vault;

    private Running(Optional<DataFolder> folder, Database database, Vault vault) {
        this.folder = folder;
        this.database = database;
        this.vault = vault;
    }

    static Running start(Settings settings) {
        if (settings.databaseUrl().isPresent()) {
            var vault = vault(settings, Optional.empty());
            return new Running(Optional.empty(), Database.at(settings.databaseUrl().get()), vault);
        }
        var folder = DataFolder.take(settings.dataDir());
        try {
            var vault = vault(settings, Optional.of(folder));
            return new Running(Optional.of(folder), Database.embedded(folder), vault);
        } catch (RuntimeException e) {
            close(folder);
            throw e;
        }
    }

    private static Vault vault(Settings settings, Optional<DataFolder> folder) {
        if (settings.masterKeyFile().isPresent()) {
            return new MasterKeyFile(settings.masterKeyFile().get()).open();
        }
        var file = new MasterKeyFile(folder.orElseThrow().path().resolve("master-key.json"));
        // A database without its key is for the operator to mend, not for a new key to hide.
        if (!Files.exists(file.path())
                && !Files.exists(folder.orElseThrow().path().resolve("postgres"))) {
            file.create();
        }
        return file.open();
    }

    Database database() {
        return database;
    }

    Vault vault() {
        return vault;
    }

    @Override
    public void close() {
        database.close();
        folder.ifPresent(Running::close);
    }

    private static void close(DataFolder folder) {
        try {
            folder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
