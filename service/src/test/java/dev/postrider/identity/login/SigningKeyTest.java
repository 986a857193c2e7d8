package dev.postrider.identity.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.identity.Caller;
import dev.postrider.identity.Parallel;
import dev.postrider.identity.Role;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.vault.MasterKeyFile;
import dev.postrider.vault.Vault;
import java.nio.file.Path;
import java.util.UUID;
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
        var made = current(vault);
        assertThat(current(vault)).isEqualTo(made);
        assertThat(made.key().getEncoded()).hasSize(32);
    }

    @Test
    void nodesThatStartTogetherAgreeOnAKey() throws Exception {
        var vault = vault("key");
        assertThat(Parallel.times(8, () -> current(vault))).hasSize(8).containsOnly(current(vault));
    }

    @Test
    void anotherMasterKeyDoesNotOpenIt() {
        assertThat(StoredSigningKeys.of(database, vault("key"))).isPresent();
        assertThat(StoredSigningKeys.of(database, vault("another"))).isEmpty();
    }

    @Test
    void theDatabaseHoldsItSealed() {
        var key = StoredSigningKeys.of(database, vault("key")).orElseThrow().current();
        var stored =
                database.read(handle ->
                        handle.createQuery("select sealed from signing_key")
                                .mapTo(byte[].class)
                                .one());
        assertThat(stored).isNotEqualTo(key.key().getEncoded());
        assertThat(key.toString()).isEqualTo("(signing key " + key.id() + ")");
    }

    @Test
    void aNewKeySignsAndTheOldOneStillChecks() {
        var vault = vault("key");
        var node = StoredSigningKeys.of(database, vault).orElseThrow();
        var clock = new SettableClock();
        var tokens = new AccessTokens(node, clock);
        var user = new Caller(new UUID(0, 1), new UUID(0, 2), "a@example.org", Role.MEMBER);
        var old = tokens.make(new Session(new UUID(0, 3), user));

        StoredSigningKeys.add(database, vault);
        var other = StoredSigningKeys.of(database, vault).orElseThrow();
        assertThat(other.current()).isNotEqualTo(node.current());
        assertThat(other.find(node.current().id())).contains(node.current());
        var restarted = new AccessTokens(other, clock);
        assertThat(restarted.check(old)).isInstanceOf(AccessTokens.Checked.Genuine.class);
        var renewed = restarted.make(new Session(new UUID(0, 3), user));
        assertThat(restarted.check(renewed)).isInstanceOf(AccessTokens.Checked.Genuine.class);
    }

    @Test
    void keysOfALostMasterKeyAreForgottenOnRequest() {
        assertThat(current(vault("key"))).isNotNull();
        var another = vault("another");
        assertThat(StoredSigningKeys.of(database, another)).isEmpty();
        assertThat(StoredSigningKeys.forgetLost(database, another)).isOne();
        assertThat(StoredSigningKeys.of(database, another)).isPresent();
    }

    private SigningKey current(Vault vault) {
        return StoredSigningKeys.of(database, vault).orElseThrow().current();
    }

    private Vault vault(String name) {
        var file = new MasterKeyFile(folder.resolve(name));
        file.create();
        return Vault.of(database, file);
    }
}
