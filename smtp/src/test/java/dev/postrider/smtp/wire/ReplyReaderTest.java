package dev.postrider.smtp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.smtp.reply.BrokenProtocol;
import dev.postrider.smtp.reply.EnhancedCode;
import dev.postrider.smtp.reply.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies as servers write them (RFC 5321 section 4.2), and as attackers do. */
class ReplyReaderTest {

    private static Reply read(String text) throws IOException {
        return reader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))).read();
    }

    private static ReplyReader reader(InputStream in) {
        var reader = new ReplyReader(null, () -> {});
        reader.use(in);
        return reader;
    }

    @Test
    void oneLine() throws IOException {
        assertThat(read("250 ok\r\n")).isEqualTo(new Reply(250, null, List.of("ok")));
        assertThat(read("250 ok\n")).isEqualTo(new Reply(250, null, List.of("ok")));
        assertThat(read("354\r\n")).isEqualTo(new Reply(354, null, List.of("")));
        assertThat(read("250 \r\n")).isEqualTo(new Reply(250, null, List.of("")));
    }

    @Test
    void severalLinesWithTheCodeRepeated() throws IOException {
        assertThat(read("550-5.1.1 not\r\n550-5.1.1 here\r\n550 5.1.1\r\n"))
                .isEqualTo(new Reply(550, new EnhancedCode(5, 1, 1), List.of("not", "here", "")));
        assertThat(read("250-one\r\n250-\r\n250\r\n"))
                .isEqualTo(new Reply(250, null, List.of("one", "", "")));
    }

    @ParameterizedTest
    @CsvSource({
        "250 2.1.0 ok, 2.1.0",
        "550 5.7.509 no, 5.7.509",
        "450 4.2.1, 4.2.1",
        "250 4.1.0 another class,",
        "250 2.1 ok,",
        "250 2.1.0000 ok,",
        "250 2..1 ok,",
        "250 2.1.0x ok,",
        "250 ok 2.1.0,",
        "354 3.0.0 go, 3.0.0"
    })
    void anEnhancedCodeIsOneOnlyAtTheStartAndOfTheSameClass(String line, String code)
            throws IOException {
        EnhancedCode enhanced = read(line + "\r\n").enhanced();
        assertThat(enhanced == null ? null : enhanced.toString()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "ok\r\n",
                "25\r\n",
                "25o ok\r\n",
                "2500 ok\r\n",
                "150 early\r\n",
                "650 what\r\n",
                "099 no\r\n",
                "-50 no\r\n",
                "250-one\r\nstop\r\n",
                "HTTP/1.1 400 Bad Request\r\n",
                "SSH-2.0-OpenSSH_10.0\r\n"
            })
    void whatIsNoReplyIsSaid(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(BrokenProtocol.class);
    }

    @Test
    void theSpaceBehindTheCodeMayBeMissing() throws IOException {
        assertThat(read("250taken\r\n")).isEqualTo(new Reply(250, null, List.of("taken")));
    }

    @Test
    void whereTheCodeChangesTheLastLineCountsOrTheWorst() throws IOException {
        assertThat(read("250-one\r\n251 two\r\n"))
                .isEqualTo(new Reply(251, null, List.of("one", "two")));
        assertThat(read("451-one\r\n450 two\r\n").code()).isEqualTo(450);
        assertThat(read("250-one\r\n550 two\r\n").code()).isEqualTo(550);
        assertThat(read("550-one\r\n250 two\r\n").code()).isEqualTo(550);
    }

    @Test
    void whatDecidesAboutAMessageMustNotTakeAndRefuseItAtOnce() {
        for (String text : List.of("250-one\r\n550 two\r\n", "451-one\r\n250 two\r\n")) {
            var reader = reader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            assertThatThrownBy(() -> reader.read(true)).isInstanceOf(BrokenProtocol.class);
        }
    }

    @Test
    void theEndOfTheStreamIsAClosedConnection() {
        for (String text : List.of("", "2", "250 ok", "250-one\r\n", "250-one\r\n250 two")) {
            assertThatThrownBy(() -> read(text))
                    .isInstanceOfSatisfying(
                            LostConnection.class,
                            lost -> assertThat(lost.trouble()).isEqualTo(Trouble.CLOSED));
        }
    }

    @Test
    void longLinesAndManyLinesHaveAnEnd() throws IOException {
        assertThat(read("250 " + "x".repeat(8000) + "\r\n").text()).hasSize(8000);
        assertThatThrownBy(() -> read("250 " + "x".repeat(8200) + "\r\n"))
                .isInstanceOf(BrokenProtocol.class);
        assertThat(read("250-x\r\n".repeat(127) + "250 x\r\n").lines()).hasSize(128);
        assertThatThrownBy(() -> read("250-x\r\n".repeat(128) + "250 x\r\n"))
                .isInstanceOf(BrokenProtocol.class);
    }

    @Test
    void textIsFitForALogAndATerminal() throws IOException {
        assertThat(read("550 a\tb\u001b[31mc\u0000d\u0085e\u2028f\rg\r\n").text())
                .isEqualTo("a b?[31mc?d?e?f?g");
        assertThat(read("550 größer als 例\r\n").text()).isEqualTo("größer als 例");
    }

    @Test
    void howTheNetworkCutsItMakesNoDifference() throws IOException {
        String all = "250-one\r\n250 two\r\n550 5.1.1 no\r\n354 go\r\n";
        for (int size = 1; size < all.length(); size++) {
            ReplyReader reader = reader(new Piecemeal(all.getBytes(StandardCharsets.UTF_8), size));
            assertThat(reader.read().lines()).containsExactly("one", "two");
            assertThat(reader.read()).hasToString("550 5.1.1 no");
            assertThat(reader.read()).hasToString("354 go");
        }
    }

    /** Gives so many octets at once. */
    private static final class Piecemeal extends ByteArrayInputStream {
        private final int size;

        Piecemeal(byte[] all, int size) {
            super(all);
            this.size = size;
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(size, length));
        }
    }
}
