package dev.postrider.mime.compose;

import static dev.postrider.mime.compose.Drafts.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.postrider.mime.encoding.Base64Stream;
import dev.postrider.mime.encoding.Source;
import dev.postrider.mime.read.MessageLimits;
import dev.postrider.mime.read.MessagePart;
import dev.postrider.mime.read.ParsedMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LargeAttachmentTest {
    private static final int SIZE = 25 * 1024 * 1024;

    @Test
    void comesBackOctetByOctet() throws IOException {
        byte[] content = new byte[SIZE];
        new Random(1).nextBytes(content);
        Composed composed = composed(Source.of(content));
        try (InputStream in = composed.open()) {
            byte[] octets = in.readAllBytes();
            assertThat(octets.length).isEqualTo(composed.size());
            assertThat(octets).isEqualTo(composed.toBytes());
            Reading reading = ReadByMime4j.read(octets);
            assertThat(HexFormat.of().parseHex(reading.files().getFirst().content()))
                    .isEqualTo(content);
        }
    }

    @Test
    void costsLittleMemoryOnItsWayOut() throws IOException {
        Composed composed = composed(Source.of(SIZE, () -> zeroes(SIZE)));
        assertThat(Allocated.by(() -> write(composed))).isLessThan(1024 * 1024);
    }

    @Test
    void costsLittleMemoryToBeFoundAndStreamedLater() throws IOException {
        Composed composed = composed(Source.of(SIZE, () -> zeroes(SIZE)));
        ParsedMessage[] parsed = new ParsedMessage[1];
        assertThat(Allocated.by(() -> parsed[0] = read(composed))).isLessThan(4 * 1024 * 1024);
        MessagePart file = parsed[0].files().getFirst();
        assertThat(file.size()).isEqualTo(SIZE);
        InputStream encoded =
                new ByteArrayInputStream(
                        composed.toBytes(), (int) file.offset(), (int) file.length());
        try (InputStream in = file.decode(encoded)) {
            assertThat(in.transferTo(OutputStream.nullOutputStream())).isEqualTo(SIZE);
        }
    }

    private static void write(Composed composed) {
        try (InputStream in = composed.open()) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ParsedMessage read(Composed composed) {
        try (InputStream in = composed.open()) {
            return ParsedMessage.of(in, MessageLimits.TAKEN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void mustHaveTheSizeThatItAnnounced() throws IOException {
        for (int announced : new int[] {0, 1, 56, 57, 58, 57 * 144 - 1, 57 * 144, 57 * 144 + 1}) {
            assertThat(read(announced, announced))
                    .isEqualTo(Base64Stream.of(source(announced, announced)).size());
            assertThatIOException().isThrownBy(() -> read(announced, announced + 1));
            assertThatIOException().isThrownBy(() -> read(announced + 1, announced));
        }
    }

    @Test
    void mustHaveTheSizeThatItAnnouncedEvenIfNobodyReadsOn() {
        int block = 57 * 144;
        assertThatIOException().isThrownBy(() -> composed(source(block, block + 1)).toBytes());
    }

    private static long read(int announced, int real) throws IOException {
        try (InputStream in = Base64Stream.of(source(announced, real)).open()) {
            return in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static Source source(int announced, int real) {
        return Source.of(announced, () -> new ByteArrayInputStream(new byte[real]));
    }

    private static Composed composed(Source content) {
        return Drafts.composed(
                draft().text("t").attach(Attachment.file("large.bin", content)).build());
    }

    private static InputStream zeroes(int count) {
        return new InputStream() {
            private int left = count;

            @Override
            public int read() {
                return left-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                int given = Math.min(left, length);
                left -= given;
                return given == 0 && length > 0 ? -1 : given;
            }
        };
    }
}
