package dev.postrider.lab.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.lab.crash.NotUnderstood;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --from} names. */
final class OldVersionTest {
    private static final Path THIS = Path.of("/here/postrider");

    @TempDir private Path folder = Path.of("");

    @Test
    void withoutItItIsThisVersion() throws Exception {
        assertThat(launcher(Optional.empty())).isEqualTo(THIS);
    }

    /** A work tree, an unpacked package, the folder around it, a Debian package's tree. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "postrider",
                "bin/postrider",
                "postrider-0.1.0/bin/postrider",
                "usr/lib/postrider/bin/postrider"
            })
    void aFolderIsLookedThrough(String script) throws Exception {
        var given = Files.createDirectory(folder.resolve("given"));
        var there = given.resolve(script);
        Files.createDirectories(there.getParent());
        Files.createFile(there);
        assertThat(launcher(Optional.of(given.toString()))).isEqualTo(there);
    }

    @Test
    void aPackageIsUnpacked() throws Exception {
        var bin = folder.resolve("postrider-0.1.0/bin");
        Files.createDirectories(bin);
        Files.createFile(bin.resolve("postrider"));
        var file = folder.resolve("p.tar.gz");
        var packed =
                new ProcessBuilder(
                                "tar",
                                "-C",
                                folder.toString(),
                                "-czf",
                                file.toString(),
                                "postrider-0.1.0")
                        .start();
        assertThat(packed.waitFor()).isZero();
        assertThat(launcher(Optional.of(file.toString())))
                .isEqualTo(folder.resolve("lab/old/postrider-0.1.0/bin/postrider"))
                .exists();
    }

    @Test
    void whatIsNoneIsSaid() throws Exception {
        var empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> launcher(Optional.of(empty.toString())))
                .isInstanceOf(NotUnderstood.class)
                .hasMessageContaining("no Postrider");
        var picture = Files.createFile(folder.resolve("p.zip"));
        assertThatThrownBy(() -> launcher(Optional.of(picture.toString())))
                .isInstanceOf(NotUnderstood.class)
                .hasMessageContaining(".tar.gz or a .deb");
    }

    private Path launcher(Optional<String> from) throws Exception {
        try (var old = OldVersion.of(THIS, from, folder.resolve("lab"))) {
            return old.launcher();
        }
    }
}
