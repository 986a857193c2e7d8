package dev.postrider.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.spool.Spool.Taken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final int MEGABYTE = 1024 * 1024;
    private static final byte[] SMALL = random(200_000);
    private static final byte[] LARGE = random(2 * MEGABYTE);

    @TempDir private Path folder;

    @Test
    void littleStaysInMemory() throws Exception {
        try (var octets = uploads().kept(SMALL)) {
            assertThat(octets).isInstanceOf(Octets.InMemory.class);
            assertThat(octets.open().readAllBytes()).isEqualTo(SMALL);
        }
    }

    @Test
    void muchGoesToAFileThatCanBeReadFromAnyPlaceAgainAndAgain() throws Exception {
        try (var octets = uploads().kept(LARGE)) {
            assertThat(octets).isInstanceOf(Octets.OnDisk.class);
            assertThat(octets.size()).isEqualTo(LARGE.length);
            assertThat(octets.open().readAllBytes()).isEqualTo(LARGE);
            assertThat(octets.openAt(LARGE.length - 3).readAllBytes()).hasSize(3);
            var in = octets.open();
            in.skipNBytes(70_000);
            assertThat(in.read()).isEqualTo(LARGE[70_000] & 0xff);
        }
    }

    @Test
    void whatHasNoDeclaredLengthIsTakenToo() throws Exception {
        try (var small = Uploads.octets(uploads().takenUndeclared(SMALL, 3 * MEGABYTE));
                var large = Uploads.octets(uploads().takenUndeclared(LARGE, 3 * MEGABYTE))) {
            assertThat(small).isInstanceOf(Octets.InMemory.class);
            assertThat(small.open().readAllBytes()).isEqualTo(SMALL);
            assertThat(large).isInstanceOf(Octets.OnDisk.class);
            assertThat(large.open().readAllBytes()).isEqualTo(LARGE);
        }
    }

    @Test
    void theFileHasNoNameThatOthersCouldOpenOrACrashCouldLeave() throws Exception {
        try (var _ = uploads().kept(LARGE)) {
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void theFolderIsItsOwnersAlone() throws Exception {
        var own = folder.resolve("uploads");
        var _ = SpoolFolder.in(own);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
                .isEqualTo("rwx------");
    }

    @Test
    void whatACrashHasLeftIsSweptAtTheStartAndNothingElse() throws Exception {
        Files.writeString(folder.resolve("postrider-upload-1"), "left");
        Files.writeString(folder.resolve("somebody-elses"), "stays");
        var _ = SpoolFolder.in(folder);
        assertThat(folder).isDirectoryNotContaining("glob:**postrider-upload*");
        assertThat(folder).isDirectoryContaining("glob:**somebody-elses");
    }

    @Test
    void whatIsTooLargeIsNotTaken() throws Exception {
        assertThat(uploads().taken(LARGE, LARGE.length - 1)).isEqualTo(new Taken.TooLarge());
        assertThat(uploads().takenUndeclared(LARGE, LARGE.length - 1))
                .isEqualTo(new Taken.TooLarge());
        assertThat(uploads().takenUndeclared(SMALL, SMALL.length - 1))
                .isEqualTo(new Taken.TooLarge());
        assertThat(uploads().takenUndeclared(LARGE, LARGE.length))
                .isInstanceOf(Taken.Complete.class);
    }

    @Test
    void beyondTheRoomOnDiskNothingIsTakenUntilSomeIsGivenBack() throws Exception {
        var uploads = uploads();
        var first = uploads.kept(LARGE);
        assertThat(uploads.taken(LARGE, Integer.MAX_VALUE)).isEqualTo(new Taken.Busy());
        first.close();
        uploads.kept(LARGE).close();
    }

    @Test
    void beyondTheRoomInMemoryNothingIsTakenUntilSomeIsGivenBack() throws Exception {
        var uploads = Uploads.in(folder, 512 * 1024, MEGABYTE);
        var first = uploads.kept(SMALL);
        assertThat(uploads.taken(SMALL, Integer.MAX_VALUE)).isEqualTo(new Taken.Busy());
        first.close();
        uploads.kept(SMALL).close();
    }

    @Test
    void whatIsNotKeptHoldsNoRoom() throws Exception {
        var uploads = uploads();
        var broken =
                new SequenceInputStream(
                        new ByteArrayInputStream(LARGE, 0, MEGABYTE), new BrokenConnection());
        assertThatThrownBy(() ->
                        uploads.take()
                                .take(
                                        Uploads.WORKSPACE,
                                        broken,
                                        OptionalLong.of(LARGE.length),
                                        3 * MEGABYTE))
                .isInstanceOf(IOException.class);
        assertThat(uploads.takenUndeclared(LARGE, LARGE.length - 1))
                .isEqualTo(new Taken.TooLarge());
        uploads.kept(LARGE).close();
    }

    @Test
    void oneThatIsLargerThanAllRoomGetsItAlone() throws Exception {
        Uploads.in(folder, 1, 1).kept(LARGE).close();
    }

    /** Dripping senders announce much, and would refuse everybody else's mail for minutes. */
    @Test
    void whoAnnouncesMuchAndSendsLittleHoldsLittle() throws Exception {
        var uploads = uploads();
        var dripping = new ArrayList<PipedOutputStream>();
        for (var i = 0; i < 17; i++) {
            var out = new PipedOutputStream();
            var in = new PipedInputStream(out);
            dripping.add(out);
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            uploads.take()
                                    .take(
                                            Uploads.WORKSPACE,
                                            in,
                                            OptionalLong.of(MEGABYTE),
                                            MEGABYTE);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
            out.write(1);
            out.flush();
        }
        try (var mine = uploads.kept(LARGE)) {
            assertThat(mine.size()).isEqualTo(LARGE.length);
        }
        for (var out : dripping) {
            out.close();
        }
    }

    @Test
    void aDiskThatTakesNothingIsBusy() throws Exception {
        var full = new Spool(SpoolFolder.in(folder), MEGABYTE, 6L * MEGABYTE, Duration.ZERO);
        Files.delete(folder);
        assertThat(
                        full.take(
                                Uploads.WORKSPACE,
                                new ByteArrayInputStream(LARGE),
                                OptionalLong.empty(),
                                3 * MEGABYTE))
                .isEqualTo(new Taken.Busy());
        Files.createDirectory(folder);
    }

    private static final class BrokenConnection extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("gone");
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return read();
        }
    }

    private Uploads uploads() {
        return Uploads.in(folder, 10L * MEGABYTE, 6L * MEGABYTE);
    }

    private static byte[] random(int length) {
        var octets = new byte[length];
        new Random(length).nextBytes(octets);
        return octets;
    }
}
