package dev.postrider.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestDatabase.class)
final class VaultTest {
    private static final UUID OWNER = UUID.randomUUID();
    private static Vault vault;

    @BeforeAll
    static void open(Database database, @TempDir Path folder) {
        var file = new MasterKeyFile(folder.resolve("key.json"));
        file.create();
        vault = Vault.of(database, file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wonderland", "пароль 🗝", "a\0b\r\n"})
    void aSecretComesBackAsItWas(String secret) {
        assertThat(vault.open(vault.seal(secret, OWNER), OWNER)).contains(secret);
    }

    @Test
    void aSecretOpensForItsOwnerOnly() {
        var sealed = vault.seal("wonderland", OWNER);
        assertThat(vault.open(sealed, UUID.randomUUID())).isEmpty();
    }

    @Test
    void anyChangedBitIsNoticed() {
        var sealed = vault.seal("wonderland", OWNER);
        for (var bit = 0; bit < sealed.length * 8; bit++) {
            var changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(vault.open(changed, OWNER)).as("bit " + bit).isEmpty();
        }
    }

    @Test
    void aSecretThatWasCutOffIsNoticed() {
        var sealed = vault.seal("wonderland", OWNER);
        for (var length = 0; length < sealed.length; length++) {
            assertThat(vault.open(java.util.Arrays.copyOf(sealed, length), OWNER)).isEmpty();
        }
    }

    @Test
    void theSameSecretIsNeverSealedTheSame() {
        var sealed = vault.seal("wonderland", OWNER);
        assertThat(vault.seal("wonderland", OWNER)).isNotEqualTo(sealed);
        assertThat(new String(sealed, UTF_8)).doesNotContain("wonder");
    }
}
