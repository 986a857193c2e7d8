package dev.postrider.flow.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What an endpoint says is kept as text that harms nobody who looks at it. */
final class AnswerStartTest {
    @Test
    void itIsTheTextThatWasSent() {
        assertThat(start("{\"error\": \"Grüße\"}\n\tline".getBytes(UTF_8)))
                .isEqualTo("{\"error\": \"Grüße\"}\n\tline");
    }

    @Test
    void octetsThatNoTextHasAreReplaced() {
        assertThat(start(new byte[] {'a', 0, 27, '[', '3', '1', 'm', (byte) 0xff, '\r', '\n', 'b'}))
                .isEqualTo("a\ufffd\ufffd[31m\ufffd\nb");
    }

    @Test
    void neitherCharactersThatTurnTheDirectionOfReading() {
        assertThat(start("a\u202egnp.exe\u2066b".getBytes(UTF_8)))
                .isEqualTo("a\ufffdgnp.exe\ufffdb");
    }

    @Test
    void moreThanTheStartIsCutBetweenCharacters() {
        var start = start("é".repeat(4096).getBytes(UTF_8));
        assertThat(start).isEqualTo("é".repeat(2048) + "…");
        assertThat(start(("x" + "é".repeat(4096)).getBytes(UTF_8)))
                .isEqualTo("x" + "é".repeat(2047) + "…");
        assertThat(start("x".repeat(4096).getBytes(UTF_8))).isEqualTo("x".repeat(4096));
    }

    @Test
    void aBodyThatBreaksOffIsWhatHadCome() {
        var broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("reset");
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        throw new IOException("reset");
                    }
                };
        var body =
                new SequenceInputStream(new ByteArrayInputStream("half".getBytes(UTF_8)), broken);
        assertThat(new AnswerStart().take(body, OptionalLong.empty())).isEqualTo("half");
    }

    private static String start(byte[] sent) {
        return new AnswerStart().take(new ByteArrayInputStream(sent), OptionalLong.empty());
    }
}
