package dev.postrider.boot;

import dev.postrider.identity.Identity;
import dev.postrider.postgres.DataFolder;
import dev.postrider.postgres.Database;
import dev.postrider.vault.MasterKeyFile;
import dev.postrider.vault.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Optional;

/** Everything that runs, started in order and stopped in the reverse one. */
final class Running implements AutoCloseable {
    private final Optional<DataFolder> folder;
    private final Database database;
    private final Vault vault;
    private final Identity identity;

    private Running(
            Optional<DataFolder> folder, Database database, Vault vault, Identity identity) {
        this.folder = folder;
        this.database = database;
        this.vault = vault;
        this.identity = identity;
    }

    static Running start(Settings settings) {
        if (settings.databaseUrl().isPresent()) {
            var vault = vault(settings, Optional.empty());
            var database = Database.at(settings.databaseUrl().get());
            return start(settings, Optional.empty(), database, vault);
        }
        var folder = DataFolder.take(settings.dataDir());
        try {
            var vault = vault(settings, Optional.of(folder));
            return start(settings, Optional.of(folder), Database.embedded(folder), vault);
        } catch (RuntimeException e) {
            close(folder);
            throw e;
        }
    }

    private static Running start(
            Settings settings, Optional<DataFolder> folder, Database database, Vault vault) {
        try {
            var identity = identity(database, vault);
            new CreateFirstUser(settings, System.out).in(identity);
            return new Running(folder, database, vault, identity);
        } catch (RuntimeException e) {
            database.close();
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

    private static Identity identity(Database database, Vault vault) {
        return Identity.of(database, vault, InstantSource.system())
                .orElseThrow(() ->
                        new CannotStart(
                                "The master key doesn't open the signing key of the database "
                                        + database.url().place()
                                        + ": it is another database's key; restore this one's,"
                                        + " or correct POSTRIDER_MASTER_KEY_FILE."));
    }

    Database database() {
        return database;
    }

    Vault vault() {
        return vault;
    }

    Identity identity() {
        return identity;
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
