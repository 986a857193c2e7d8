package dev.postrider.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MasterKeyFileTest {
    private static final byte[] OWNER = {1, 2, 3};
    private static final byte[] SECRET = "wonderland".getBytes(UTF_8);

    @TempDir private Path folder;
    private MasterKeyFile file = new MasterKeyFile(Path.of("key.json"));

    @BeforeEach
    void create() {
        file = new MasterKeyFile(folder.resolve("key.json"));
        file.create();
    }

    @Test
    void onlyItsOwnerReadsIt() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
    }

    @Test
    void whatWasSealedOpensAfterARestart() {
        var sealed = file.open().seal(SECRET, OWNER);
        assertThat(file.open().open(sealed, OWNER)).contains(SECRET);
    }

    @Test
    void aNewKeySealsAndTheOldOneOpensUntilItIsRetired() throws IOException {
        var old = file.open().seal(SECRET, OWNER);
        file.addKey();
        var next = file.open().seal(SECRET, OWNER);
        assertThat(file.open().open(old, OWNER)).contains(SECRET);
        assertThat(file.open().each()).hasSize(2);
        file.retireOldKeys();
        assertThat(file.open().open(old, OWNER)).isEmpty();
        assertThat(file.open().open(next, OWNER)).contains(SECRET);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file.path());
        }
    }

    @Test
    void eachIsAnotherKey() {
        var other = new MasterKeyFile(folder.resolve("other.json"));
        other.create();
        var sealed = file.open().seal(SECRET, OWNER);
        assertThat(other.open().open(sealed, OWNER)).isEmpty();
    }

    @Test
    void itIsNotOverwritten() throws IOException {
        var before = Files.readAllBytes(file.path());
        assertUnusable(file::create).hasMessageEndingWith("exists already; it is not overwritten.");
        assertThat(file.path()).hasBinaryContent(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw----r--", "rw-----w-", "rw-r--r--", "rwxrwxrwx"})
    void itIsRefusedWhenOthersMayReadOrWriteIt(String permissions) throws IOException {
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString(permissions));
        assertUnusable(file::open)
                .hasMessage(
                        "The master key file %s can be read by others (%s): chmod 600 it.",
                        file.path(), permissions);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "not a key", "{}", "{\"primaryKeyId\":1,\"key\":[]}", "[", "\u0000"})
    void garbageIsNoKeyset(String text) throws IOException {
        Files.writeString(file.path(), text);
        assertUnusable(file::open)
                .hasMessageEndingWith("holds no keyset: restore it from a backup.");
    }

    @Test
    void bytesThatAreNoTextAreNoKeyset() throws IOException {
        Files.write(file.path(), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertUnusable(file::open).hasMessageContaining(file.path().toString());
    }

    @Test
    void aMissingFileIsSaid() throws IOException {
        Files.delete(file.path());
        assertUnusable(file::open).hasMessageContaining("doesn't exist: restore it");
    }

    @Test
    void aFolderThatIsNotThereIsSaid() {
        var lost = new MasterKeyFile(folder.resolve("missing").resolve("key.json"));
        assertUnusable(lost::create).hasMessageContaining("can't be written");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertUnusable(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable use) {
        return assertThatThrownBy(use)
                .isInstanceOf(MasterKeyUnusable.class)
                .hasMessageNotContaining("\n");
    }
}
