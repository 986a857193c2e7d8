package dev.postrider.vault;

import dev.postrider.postgres.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Vaults for tests: under one master key, whichever test of a class opened the database first. */
public final class TestVault {
    private static final MasterKeyFile KEY = created(folder().resolve("key.json"));

    private TestVault() {}

    public static Vault of(Database database) {
        return Vault.of(database, KEY);
    }

    /** One that opens nothing of what was sealed before: the master key was lost. */
    public static Vault afterTheKeyWasLost(Database database, Path folder) {
        var key = created(folder.resolve("other.json"));
        if (!new RotateKeys(database).startAnew(key)) {
            throw new IllegalStateException("the key isn't lost");
        }
        return Vault.of(database, key);
    }

    private static MasterKeyFile created(Path path) {
        var key = new MasterKeyFile(path);
        key.create();
        return key;
    }

    private static Path folder() {
        try {
            var folder = Files.createTempDirectory("postrider-test-key");
            folder.toFile().deleteOnExit();
            folder.resolve("key.json").toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
