package dev.postrider.postgres.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundledProgramsTest {
    @TempDir private Path parent;

    @Test
    void whileItIsUnpackedNobodyElseCanReadOrWriteIt() throws IOException {
        var folder = parent.resolve("unpacked");
        var archive = archive(entry("bin/postgres", 0100777), entry("lib/x.so", 0100666));
        var watching =
                new FilterInputStream(new ByteArrayInputStream(archive)) {
                    @Override
                    public int read(byte[] octets, int from, int length) throws IOException {
                        assertPrivate(folder);
                        return super.read(octets, from, length);
                    }
                };
        BundledPrograms.unpack(watching, folder);
        assertPrivate(folder);
        assertThat(folder.resolve("bin/postgres")).isExecutable().hasContent("bin/postgres");
        assertThat(Files.isExecutable(folder.resolve("lib/x.so"))).isFalse();
    }

    @Test
    void aLinkWithinTheArchiveIsKept() throws IOException {
        var link = new TarArchiveEntry("lib/libpq.so", TarConstants.LF_SYMLINK);
        link.setLinkName("libpq.so.5");
        BundledPrograms.unpack(
                stream(archive(entry("lib/libpq.so.5", 0100644), link)),
                parent.resolve("unpacked"));
        assertThat(parent.resolve("unpacked/lib/libpq.so")).hasContent("lib/libpq.so.5");
    }

    @Test
    void nothingLeadsOutOfTheFolder() throws IOException {
        var link = new TarArchiveEntry("lib/out", TarConstants.LF_SYMLINK);
        link.setLinkName("../../elsewhere");
        var entries = new TarArchiveEntry[] {link, entry("../elsewhere", 0100644)};
        for (var i = 0; i < entries.length; i++) {
            var folder = parent.resolve("unpacked-" + i);
            var archive = stream(archive(entries[i]));
            assertThatThrownBy(() -> BundledPrograms.unpack(archive, folder))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("leads out of its folder");
        }
    }

    private static void assertPrivate(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            assertThat(files)
                    .allSatisfy(file ->
                            assertThat(
                                            PosixFilePermissions.toString(
                                                    Files.getPosixFilePermissions(file)))
                                    .endsWith("------"));
        }
    }

    private static TarArchiveEntry entry(String name, int mode) {
        var entry = new TarArchiveEntry(name, true);
        entry.setMode(mode);
        entry.setSize(name.length());
        return entry;
    }

    private static InputStream stream(byte[] octets) {
        return new ByteArrayInputStream(octets);
    }

    private static byte[] archive(TarArchiveEntry... entries) throws IOException {
        var octets = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(octets)) {
            for (var entry : entries) {
                tar.putArchiveEntry(entry);
                if (entry.getSize() > 0) {
                    tar.write(entry.getName().getBytes(UTF_8));
                }
                tar.closeArchiveEntry();
            }
        }
        return octets.toByteArray();
    }
}
