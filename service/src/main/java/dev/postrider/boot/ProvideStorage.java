package dev.postrider.boot;

import dev.postrider.identity.Identity;
import dev.postrider.identity.issuer.Issuers;
import dev.postrider.postgres.Database;
import dev.postrider.spool.SpoolFolder;
import dev.postrider.vault.Vault;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Opens the storage and hands out what is in it; closes it when the container ends. */
@Singleton
final class ProvideStorage {
    @Produces
    @Singleton
    Storage open(Settings settings) {
        return Storage.open(settings);
    }

    void close(@Disposes Storage storage) {
        storage.close();
    }

    @Produces
    Database database(Storage storage) {
        return storage.database();
    }

    @Produces
    Vault vault(Storage storage) {
        return storage.vault();
    }

    @Produces
    SpoolFolder spool(Storage storage) {
        return storage.folder()
                .map(folder -> SpoolFolder.in(folder.path().resolve("uploads")))
                .orElseGet(SpoolFolder::ofTheMachine);
    }

    @Produces
    @Singleton
    Identity identity(Storage storage, Issuers issuers, InstantSource clock) {
        return Identity.of(storage.database(), storage.vault(), issuers, clock)
                .orElseThrow(() ->
                        new CannotStart(
                                "The master key doesn't open the signing key of the database "
                                        + storage.database().url().place()
                                        + ": it is another database's key; restore this"
                                        + " one's, or correct POSTRIDER_MASTER_KEY_FILE;"
                                        + " if it is lost for good, ./postrider keys lost helps."));
    }
}
