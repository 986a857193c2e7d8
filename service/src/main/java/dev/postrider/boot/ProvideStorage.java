package dev.postrider.boot;

import dev.postrider.postgres.Database;
import dev.postrider.spool.SpoolFolder;
import dev.postrider.vault.Vault;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Opens the storage and hands out what is in it; closes it when the container ends. */
@Singleton
final class ProvideStorage {
    @Produces
    @Singleton
    Storage open(Settings settings) {
        return StorageAhead.take().orElseGet(() -> Storage.open(settings));
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
}
