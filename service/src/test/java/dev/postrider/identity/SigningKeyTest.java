package dev.postrider.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.vault.MasterKeyFile;
import dev.postrider.vault.Vault;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestDatabase.class)
final class SigningKeyTest {
    private final Database database;
    private final Path folder;

    SigningKeyTest(Database database, @TempDir Path folder) {
        this.database = database;
        this.folder = folder;
    }

    @BeforeEach
    void noKey() {
        database.read(handle -> handle.execute("truncate signing_key"));
    }

    @Test
    void theKeyIsMadeOnceAndKept() {
        var vault = vault("key");
        var made = SigningKey.of(database, vault).orElseThrow();
        assertThat(SigningKey.of(database, vault)).contains(made);
        assertThat(made.key().getEncoded()).hasSize(32);
    }

    @Test
    void nodesThatStartTogetherAgreeOnAKey() throws Exception {
        var vault = vault("key");
        assertThat(Parallel.times(8, () -> SigningKey.of(database, vault).orElseThrow()))
                .hasSize(8)
                .containsOnly(SigningKey.of(database, vault).orElseThrow());
    }

    @Test
    void anotherMasterKeyDoesNotOpenIt() {
        assertThat(SigningKey.of(database, vault("key"))).isPresent();
        assertThat(SigningKey.of(database, vault("another"))).isEmpty();
    }

    @Test
    void theDatabaseHoldsItSealed() {
        var key = SigningKey.of(database, vault("key")).orElseThrow();
        var stored =
                database.read(handle ->
                        handle.createQuery("select sealed from signing_key")
                                .mapTo(byte[].class)
                                .one());
        assertThat(stored).isNotEqualTo(key.key().getEncoded());
        assertThat(key.toString()).isEqualTo("(signing key " + key.id() + ")");
    }

    private Vault vault(String name) {
        var file = new MasterKeyFile(folder.resolve(name));
        file.create();
        return file.open();
    }
}
