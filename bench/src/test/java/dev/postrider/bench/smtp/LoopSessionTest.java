package dev.postrider.bench.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import org.junit.jupiter.api.Test;

class LoopSessionTest {
    private static final String MESSAGE =
            """
            MAIL FROM:<a@b.test>\r
            RCPT TO:<c@d.test>\r
            DATA\r
            Subject: x\r
            \r
            ..\r
            RCPT is no command here\r
            .\r
            """;

    /** Hands out what a client has said, and keeps what it is told. */
    private static final class Client implements ByteChannel {
        private final ByteArrayOutputStream told = new ByteArrayOutputStream();
        private String said = "";

        String words() {
            var words = told.toString(US_ASCII);
            told.reset();
            return words;
        }

        @Override
        public int read(ByteBuffer into) {
            var octets = said.getBytes(US_ASCII);
            into.put(octets);
            said = "";
            return octets.length;
        }

        @Override
        public int write(ByteBuffer from) {
            var octets = new byte[from.remaining()];
            from.get(octets);
            told.writeBytes(octets);
            return octets.length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // nothing to close
        }
    }

    @Test
    void whatComesInOneGoIsAnsweredInOneGo() throws IOException {
        var client = new Client();
        var session = new LoopSession(client);
        assertThat(client.words()).startsWith("220 ");
        client.said = "EHLO x\r\n" + MESSAGE + MESSAGE + "QUIT\r\n";
        assertThat(session.serve()).isFalse();
        assertThat(client.words())
                .containsSubsequence("PIPELINING", "354", "250 2.0.0", "354", "250 2.0.0", "221")
                .doesNotContain("500");
    }

    @Test
    void whereverItIsCutTheSameIsTaken() throws IOException {
        for (var cut = 1; cut < MESSAGE.length(); cut++) {
            var client = new Client();
            var session = new LoopSession(client);
            client.words();
            client.said = MESSAGE.substring(0, cut);
            assertThat(session.serve()).isTrue();
            client.said = MESSAGE.substring(cut);
            assertThat(session.serve()).isTrue();
            assertThat(client.words())
                    .as("cut at " + cut)
                    .isEqualTo(
                            "250 2.0.0 Ok\r\n250 2.0.0 Ok\r\n354 End data with <CR><LF>.<CR><LF>\r\n250 2.0.0 Ok\r\n");
        }
    }
}
