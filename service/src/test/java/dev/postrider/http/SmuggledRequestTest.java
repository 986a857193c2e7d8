package dev.postrider.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.rig.Parallel;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A body whose end a proxy before us would see elsewhere (RFC 9112, 6.1 and 11.2): what it takes
 * for the body must not be answered as a request of its own.
 */
@QuarkusTest
@Timeout(60)
final class SmuggledRequestTest {
    private static final String HIDDEN =
            "GET /hidden HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    private static final List<String> FRAMINGS =
            List.of(
                    "Transfer-Encoding: chunked, xchunked",
                    "Transfer-Encoding: xchunked",
                    "Transfer-Encoding: chunked, identity",
                    "Transfer-Encoding: chunked\r\nTransfer-Encoding: xchunked",
                    "Transfer-Encoding: chunked\r\nContent-Length: 40",
                    "Transfer-Encoding : chunked",
                    "Transfer-Encoding: \u000bchunked",
                    "Content-Length: 0\r\nContent-Length: 40",
                    "Content-Length: +0");

    @Test
    void aBodyWithTwoEndsIsRefusedAndNothingBehindItIsAnswered() throws Exception {
        // at once, for the server closes each only after a while
        var answered =
                Parallel.all(
                        FRAMINGS.stream()
                                .<Callable<String>>map(framing ->
                                        () -> send(framing + "\r\n\r\n0\r\n\r\n" + HIDDEN))
                                .toList());
        for (var i = 0; i < FRAMINGS.size(); i++) {
            assertThat(answered.get(i))
                    .as(FRAMINGS.get(i))
                    .doesNotContain("/hidden")
                    .startsWith("HTTP/1.1 4")
                    .containsOnlyOnce("HTTP/1.1 ");
        }
    }

    /** Without it the test above would show nothing. */
    @Test
    void twoRequestsThatStandOneBehindTheOtherAreBothAnswered() throws IOException {
        var answers = send("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN);
        assertThat(answers.split("HTTP/1\\.1 ", -1)).hasSize(3);
    }

    /** All that comes until the server closes. */
    private static String send(String rest) throws IOException {
        var root = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
        try (var socket = new Socket(root.getHost(), root.getPort())) {
            socket.getOutputStream()
                    .write(("POST /token HTTP/1.1\r\nHost: x\r\n" + rest).getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
