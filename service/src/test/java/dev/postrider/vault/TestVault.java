package dev.postrider.vault;

import dev.postrider.postgres.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** A vault of a test's database: all tests of a run have one master key, as nodes have. */
public final class TestVault {
    private static final MasterKeyFile KEY = created();

    private TestVault() {}

    public static Vault of(Database database) {
        return Vault.of(database, KEY);
    }

    private static MasterKeyFile created() {
        try {
            var folder = Files.createTempDirectory("postrider-test-key");
            folder.toFile().deleteOnExit();
            var key = new MasterKeyFile(folder.resolve("key.json"));
            key.create();
            folder.resolve("key.json").toFile().deleteOnExit();
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
