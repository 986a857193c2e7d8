package dev.postrider.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Master keys that are encrypted by a key of a key management service. */
final class KmsKeyTest {
    private static final byte[] OWNER = {1, 2, 3};
    private static final byte[] SECRET = "wonderland".getBytes(UTF_8);

    private final FakeTransit transit = new FakeTransit();
    private final KeysetForm encrypted = new KeysetForm(Optional.of(new KmsKey(transit.uri())));
    private final MasterKeyFile file;

    KmsKeyTest(@TempDir Path folder) throws Exception {
        file = new MasterKeyFile(folder.resolve("key.json"), encrypted);
    }

    @AfterEach
    void close() {
        transit.close();
    }

    @Test
    void theFileIsEncryptedAndOpensThroughTheService() throws Exception {
        file.create();
        assertThat(Files.readString(file.path()))
                .contains("encryptedKeyset")
                .doesNotContain("AesGcmKey\",\"value");
        var sealed = file.open().seal(SECRET, OWNER);
        assertThat(file.open().open(sealed, OWNER)).contains(SECRET);
    }

    @Test
    void aKeyIsAddedAndAnOldOneRetiredAsInTheClear() throws Exception {
        file.create();
        var old = file.open().seal(SECRET, OWNER);
        file.addKey();
        assertThat(file.open().open(old, OWNER)).contains(SECRET);
        file.retireOldKeys();
        assertThat(file.open().open(old, OWNER)).isEmpty();
        assertThat(Files.readString(file.path())).contains("encryptedKeyset");
    }

    @Test
    void aFileInTheClearIsEncryptedAndBack() {
        var clear = new MasterKeyFile(file.path());
        clear.create();
        var sealed = clear.open().seal(SECRET, OWNER);
        assertUnusable(file, "isn't encrypted, but POSTRIDER_MASTER_KEY_KMS is set");

        clear.rewrite(encrypted);
        assertThat(file.open().open(sealed, OWNER)).contains(SECRET);
        assertUnusable(clear, "name its key in POSTRIDER_MASTER_KEY_KMS");

        file.rewrite(KeysetForm.CLEAR);
        assertThat(clear.open().open(sealed, OWNER)).contains(SECRET);
    }

    @Test
    void itMayBeGivenInTheEnvironmentToo() throws Exception {
        file.create();
        var text = Files.readString(file.path());
        var sealed = file.open().seal(SECRET, OWNER);
        assertThat(new GivenMasterKey(text, encrypted).open().open(sealed, OWNER)).contains(SECRET);
    }

    @Test
    void aServiceThatIsAwayIsSaid() {
        file.create();
        transit.close();
        assertUnusable(file, "isn't opened by " + transit.uri() + " (no answer: ");
    }

    @Test
    void aServiceThatRefusesIsSaid() {
        file.create();
        transit.answer(403);
        assertUnusable(file, "(it answered 403): see that this service answers");
        assertThatThrownBy(file::open)
                .isInstanceOfSatisfying(
                        MasterKeyUnusable.class,
                        unusable -> assertThat(unusable.passes()).isTrue());
        assertThatThrownBy(() -> file.rewrite(encrypted)).isInstanceOf(MasterKeyUnusable.class);
    }

    @Test
    void anotherKeyDoesNotOpenIt() throws Exception {
        file.create();
        try (var other = new FakeTransit()) {
            var wrong = new KeysetForm(Optional.of(new KmsKey(other.uri())));
            assertUnusable(new MasterKeyFile(file.path(), wrong), "(it answered 400)");
        }
    }

    @Test
    void theTokenIsSentAndMayBeLeftToAProxy() throws Exception {
        var kms = new TransitKms(Map.of("VAULT_TOKEN", "hvs.s3cret")::get);
        kms.withDefaultCredentials().getAead(transit.uri()).encrypt(SECRET, OWNER);
        new TransitKms(_ -> null)
                .withDefaultCredentials()
                .getAead(transit.uri())
                .encrypt(SECRET, OWNER);
        assertThat(transit.tokens()).containsExactly("hvs.s3cret", "none");
    }

    @Test
    void whatIsBoundToASecretIsCheckedByTheService() throws Exception {
        var key = new KmsKey(transit.uri());
        var sealed = key.encrypt(SECRET, OWNER);
        assertThat(key.decrypt(sealed, OWNER)).isEqualTo(SECRET);
        assertThatThrownBy(() -> key.decrypt(sealed, SECRET))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "hcvault://vault.example.com/postrider, a key looks like hcvault://",
        "hcvault:///transit/keys/postrider, a key looks like hcvault://",
        "hcvault://vault example/transit/keys/a, a key looks like hcvault://",
        "hcvault+http://vault.example.com/transit/keys/a, is for a proxy on this host only",
        "aws-kms://arn:aws:kms:eu-west-1:1:key/1, there is no such service",
        "azure-kv://vault/keys/1, there is no such service",
        "nonsense, there is no such service"
    })
    void aNameThatCannotBeUsedIsSaid(String uri, String reason) {
        assertThatThrownBy(() -> new KmsKey(uri).encrypt(SECRET, OWNER))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining(reason);
    }

    private static void assertUnusable(MasterKeySource source, String reason) {
        assertThatThrownBy(source::open)
                .isInstanceOf(MasterKeyUnusable.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
    }
}
