package dev.postrider.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A master key in the environment. */
final class GivenMasterKeyTest {
    private static final byte[] OWNER = {1, 2, 3};
    private static final byte[] SECRET = "wonderland".getBytes(UTF_8);

    private final MasterKeyFile file;
    private final String json;

    GivenMasterKeyTest(@TempDir Path folder) throws IOException {
        file = new MasterKeyFile(folder.resolve("key.json"));
        file.create();
        json = Files.readString(file.path());
    }

    @Test
    void itIsTheTextOfAFileOrItsBase64() {
        var sealed = file.open().seal(SECRET, OWNER);
        var octets = json.getBytes(UTF_8);
        assertThat(given(json).open().open(sealed, OWNER)).contains(SECRET);
        assertThat(given(Base64.getEncoder().encodeToString(octets)).open().open(sealed, OWNER))
                .contains(SECRET);
        assertThat(given(Base64.getMimeEncoder().encodeToString(octets)).open().open(sealed, OWNER))
                .as("in lines")
                .contains(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "{}", "/etc/postrider/key.json", "AAAA", "ünlesbar"})
    void whatIsNoneIsSaidWithoutShowingIt(String text) {
        assertThatThrownBy(() -> given(text).open())
                .isInstanceOf(MasterKeyUnusable.class)
                .hasMessage("POSTRIDER_MASTER_KEY holds no keyset: restore it from a backup.");
    }

    @Test
    void itNeverPrintsItself() {
        assertThat(given(json)).asString().isEqualTo("(master key)");
    }

    private static GivenMasterKey given(String text) {
        return new GivenMasterKey(text, KeysetForm.CLEAR);
    }
}
