package dev.postrider.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.outbound.CallResult.Why;
import dev.postrider.outbound.OutboundCall.Reach;
import dev.postrider.testkit.authority.PrivateAuthority;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers octet by octet, as no server of a library gives them. */
@Timeout(60)
final class HttpAnswersTest {
    @Test
    void chunksAndInterimAnswersAreRead() throws Exception {
        assertThat(
                        raw(
                                """
                                HTTP/1.1 100 Continue\r
                                \r
                                HTTP/1.1 103 Early Hints\r
                                Link: <a>\r
                                \r
                                HTTP/1.1 200 OK\r
                                Transfer-Encoding: chunked\r
                                \r
                                3;x=y\r
                                abc\r
                                2\r
                                de\r
                                0\r
                                \r
                                """))
                .isEqualTo("abcde");
        assertThat(raw("HTTP/1.0 200\r\n\r\nto the end")).isEqualTo("to the end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"220 mail.example.org ESMTP", "HTTP/1.1 2000x OK", "", "SSH-2.0-x"})
    void whatIsNoHttpIsNoAnswer(String line) throws Exception {
        assertThat(Calls.why(call((line + "\r\n\r\n").getBytes(UTF_8))))
                .isIn(Why.PROTOCOL, Why.CONNECTION);
    }

    @Test
    void aBodyThatBreaksOffIsNone() throws Exception {
        assertThat(
                        Calls.why(
                                call(
                                        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"
                                                .getBytes(UTF_8))))
                .isEqualTo(Why.CONNECTION);
    }

    @Test
    void aHeadWithoutEndIsGivenUp() throws Exception {
        var many = "HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(10_000) + "\r\n";
        assertThat(Calls.why(call(many.getBytes(UTF_8)))).isEqualTo(Why.PROTOCOL);
        var longOne = "HTTP/1.1 200 OK\r\nA: " + "b".repeat(70_000) + "\r\n\r\n";
        assertThat(Calls.why(call(longOne.getBytes(UTF_8)))).isEqualTo(Why.PROTOCOL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "X-GZIP", "deflate", "raw deflate"})
    void anEncodedBodyIsDecoded(String encoding) throws Exception {
        var octets = encoded("hello".getBytes(UTF_8), encoding);
        assertThat(Calls.text(call(answer(encoding.replace("raw ", ""), octets))))
                .isEqualTo("hello");
    }

    @Test
    void anUnknownEncodingIsNoFile() throws Exception {
        assertThat(Calls.why(call(answer("br", new byte[] {1, 2})))).isEqualTo(Why.PROTOCOL);
    }

    @Test
    void aBombIsEndedByTheBoundOnWhatComesOut() throws Exception {
        var bomb = encoded(new byte[200_000_000], "gzip");
        assertThat(bomb.length).isLessThan(250_000);
        assertThat(Calls.why(call(answer("gzip", bomb)))).isEqualTo(Why.TOO_LARGE);
    }

    private static byte[] answer(String encoding, byte[] body) {
        var head =
                "HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n"
                        .formatted(encoding, body.length)
                        .getBytes(UTF_8);
        var all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    private static byte[] encoded(byte[] octets, String encoding) throws IOException {
        var encoded = new ByteArrayOutputStream();
        try (var out =
                switch (encoding) {
                    case "deflate" -> new DeflaterOutputStream(encoded);
                    case "raw deflate" -> new DeflaterOutputStream(encoded, new Deflater(9, true));
                    case String _ -> new GZIPOutputStream(encoded);
                }) {
            out.write(octets);
        }
        return encoded.toByteArray();
    }

    private String raw(String answer) throws Exception {
        return Calls.text(call(answer.getBytes(UTF_8)));
    }

    /** What the client makes of an answer, octet for octet. */
    private CallResult<byte[]> call(byte[] answer) throws Exception {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var serving =
                    Thread.ofVirtual()
                            .start(() -> {
                                try (var socket = listener.accept()) {
                                    var in =
                                            new BufferedReader(
                                                    new InputStreamReader(
                                                            socket.getInputStream(), UTF_8));
                                    while (!in.readLine().isEmpty()) {}
                                    socket.getOutputStream().write(answer);
                                } catch (IOException _) {
                                    Thread.currentThread().interrupt(); // the client hung up
                                }
                            });
            var url = URI.create("http://docs.example:" + listener.getLocalPort() + "/?q=%20a");
            var result =
                    Calls.client(PrivateAuthority.create())
                            .call(
                                    OutboundCall.get(
                                            OutboundCall.OPERATOR, url, Reach.WEB, Calls.BOUNDS),
                                    BodySink.OCTETS);
            serving.join();
            return result;
        }
    }
}
