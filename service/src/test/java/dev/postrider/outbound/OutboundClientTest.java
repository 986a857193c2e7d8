package dev.postrider.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.postrider.outbound.CallResult.Why;
import dev.postrider.outbound.OutboundCall.Reach;
import dev.postrider.rig.Loopback;
import dev.postrider.testkit.authority.PrivateAuthority;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls to real servers on loopback, which only an operator's list lets be reached. */
@Timeout(60)
final class OutboundClientTest {
    private final PrivateAuthority authority = PrivateAuthority.create();
    private HttpsServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(authority.serverContext("docs.example", "127.0.0.1")));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aDocumentIsFetched() throws Exception {
        serve("/a", 200, "hello", "");
        assertThat(fetch("/a")).contains("hello");
        assertThat(fetch("/none")).isEmpty();
    }

    @Test
    void redirectsAreFollowedAndNotForever() throws Exception {
        serve("/from", 302, "", "/to?x=1");
        serve("/to", 200, "there", "");
        serve("/loop", 301, "", "/loop");
        assertThat(fetch("/from")).contains("there");
        assertThat(fetch("/loop")).isEmpty();
    }

    /** A public host must not lead the program into the operator's network. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://inside.example/secret",
                "http://docs.example/secret",
                "https://docs.example:22/secret",
                "https://user@docs.example/secret",
                "file:///etc/hostname",
                "::"
            })
    void eachRedirectIsCheckedLikeTheFirstAddress(String location) throws Exception {
        serve("/from", 302, "", location);
        assertThat(fetch("/from")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://outside.example/,      true",
        "https://outside.example:443/,  true",
        "https://outside.example:8443/, false",
        "https://outside.example:22/,   false",
        "http://outside.example/,       false",
        "https://inside.example/,       false",
        "https://own.example/,          false",
        "https://docs.example:22/,      true",
    })
    void onlyHttpsPortsOfPublicHostsAreReached(String uri, boolean isReached) throws Exception {
        assertThat(
                        client().resolve(URI.create(uri), Reach.TLS_ONLY)
                                instanceof Resolution.Reachable)
                .isEqualTo(isReached);
    }

    @Test
    void anotherNamesCertificateIsRefused() throws Exception {
        serve("/a", 200, "hello", "");
        var other = URI.create("https://other.example:" + server.getAddress().getPort() + "/a");
        assertThat(why(call(other, BOUNDS))).isEqualTo(Why.TLS);
    }

    @Test
    void anAnswerOfAnyStatusIsOne() throws Exception {
        serve("/gone", 410, "no", "");
        assertThat(call(uri("/gone"), BOUNDS))
                .isInstanceOfSatisfying(
                        CallResult.Answered.class,
                        answer -> assertThat(answer.status()).isEqualTo(410));
    }

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
        assertThat(why(rawCall((line + "\r\n\r\n").getBytes(UTF_8), BOUNDS)))
                .isIn(Why.PROTOCOL, Why.CONNECTION);
    }

    @Test
    void aBodyThatBreaksOffIsNone() throws Exception {
        assertThat(
                        why(
                                rawCall(
                                        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"
                                                .getBytes(UTF_8),
                                        BOUNDS)))
                .isEqualTo(Why.CONNECTION);
    }

    @Test
    void aHeadWithoutEndIsGivenUp() throws Exception {
        var many = "HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(10_000) + "\r\n";
        assertThat(why(rawCall(many.getBytes(UTF_8), BOUNDS))).isEqualTo(Why.PROTOCOL);
        var longOne = "HTTP/1.1 200 OK\r\nA: " + "b".repeat(70_000) + "\r\n\r\n";
        assertThat(why(rawCall(longOne.getBytes(UTF_8), BOUNDS))).isEqualTo(Why.PROTOCOL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "X-GZIP", "deflate", "raw deflate"})
    void anEncodedBodyIsDecoded(String encoding) throws Exception {
        var octets = encoded("hello".getBytes(UTF_8), encoding);
        assertThat(text(rawCall(answer(encoding.replace("raw ", ""), octets), BOUNDS)))
                .isEqualTo("hello");
    }

    @Test
    void anUnknownEncodingIsNoFile() throws Exception {
        assertThat(why(rawCall(answer("br", new byte[] {1, 2}), BOUNDS))).isEqualTo(Why.PROTOCOL);
    }

    @Test
    void aBombIsEndedByTheBoundOnWhatComesOut() throws Exception {
        var bomb = encoded(new byte[200_000_000], "gzip");
        assertThat(bomb.length).isLessThan(250_000);
        assertThat(why(rawCall(answer("gzip", bomb), BOUNDS))).isEqualTo(Why.TOO_LARGE);
    }

    @Test
    void aDocumentWithoutEndIsGivenUp() throws Exception {
        serve("/large", 200, "x".repeat(300_000), "");
        assertThat(why(call(uri("/large"), BOUNDS))).isEqualTo(Why.TOO_LARGE);
    }

    /** One deadline: neither drops, nor redirects, nor another address begin it anew. */
    @Test
    void theWholeCallHasOneDeadline() throws Exception {
        var hangs = new CountDownLatch(1);
        server.createContext("/hangs", _ -> await(hangs));
        serve("/a", 302, "", "/hangs");
        var start = System.nanoTime();
        assertThat(why(call(uri("/a"), bounds(Duration.ofMillis(700))))).isEqualTo(Why.TIMEOUT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        hangs.countDown();
    }

    @Test
    void aCallThatIsInterruptedEnds() throws Exception {
        var asked = new CountDownLatch(1);
        var hangs = new CountDownLatch(1);
        server.createContext(
                "/hangs",
                _ -> {
                    asked.countDown();
                    await(hangs);
                });
        var ended = new CompletableFuture<Throwable>();
        var caller =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                call(uri("/hangs"), BOUNDS);
                            } catch (Exception e) {
                                ended.complete(e);
                            }
                        });
        asked.await();
        caller.interrupt();
        assertThat(ended.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        hangs.countDown();
    }

    /** What a caller names must not tell one host's secrets to another. */
    @Test
    void headersStayWithTheirHost() throws Exception {
        var seen = new LinkedBlockingQueue<String>();
        server.createContext(
                "/see",
                exchange -> {
                    seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Secret")));
                    answer(exchange, 200, "", "");
                });
        serve("/same", 307, "", "/see");
        serve("/other", 307, "", "https://127.0.0.1:" + server.getAddress().getPort() + "/see");
        for (var from : List.of("/same", "/other")) {
            client().call(
                            new OutboundCall(
                                    "GET",
                                    uri(from),
                                    Map.of("X-Secret", "s"),
                                    Optional.empty(),
                                    Reach.TLS_ONLY,
                                    BOUNDS),
                            BodySink.NONE);
        }
        assertThat(seen).containsExactly("s", "null");
    }

    /**
     * A name with a dozen dead addresses is not a dozen time-outs; and a dead one isn't the end.
     */
    @Test
    void aFewAddressesAreTried() throws Exception {
        serve("/a", 200, "hello", "");
        var dead = InetAddress.ofLiteral("127.0.0.77");
        var alive = InetAddress.getLoopbackAddress();
        assertThat(text(at(List.of(dead, dead, alive)))).isEqualTo("hello");
        assertThat(why(at(List.of(dead, dead, dead, alive)))).isEqualTo(Why.CONNECTION);
    }

    private CallResult<byte[]> at(List<InetAddress> addresses) throws Exception {
        var guard = new OutboundGuard(Loopback.blocks(), _ -> addresses);
        return new OutboundClient(guard, authority.trusting().getSocketFactory())
                .call(OutboundCall.get(uri("/a"), Reach.TLS_ONLY, BOUNDS), BodySink.OCTETS);
    }

    private static final OutboundCall.Bounds BOUNDS = bounds(Duration.ofSeconds(20));

    private static OutboundCall.Bounds bounds(Duration time) {
        return new OutboundCall.Bounds(time, 256 * 1024, 1_000, 3);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
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
        return text(rawCall(answer.getBytes(UTF_8), BOUNDS));
    }

    /** What the client makes of an answer, octet for octet. */
    private CallResult<byte[]> rawCall(byte[] answer, OutboundCall.Bounds bounds) throws Exception {
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
            var result = client().call(OutboundCall.get(url, Reach.WEB, bounds), BodySink.OCTETS);
            serving.join();
            return result;
        }
    }

    private static String text(CallResult<byte[]> result) {
        return switch (result) {
            case CallResult.Answered<byte[]> answer -> new String(answer.body(), UTF_8);
            case CallResult.Failed<byte[]>(_, var reason) -> throw new AssertionError(reason);
        };
    }

    private static @Nullable Why why(CallResult<byte[]> result) {
        return switch (result) {
            case CallResult.Answered<byte[]> _ -> null;
            case CallResult.Failed<byte[]>(var why, _) -> why;
        };
    }

    private CallResult<byte[]> call(URI url, OutboundCall.Bounds bounds) throws Exception {
        return client().call(OutboundCall.get(url, Reach.TLS_ONLY, bounds), BodySink.OCTETS);
    }

    private Optional<String> fetch(String path) throws Exception {
        return switch (call(uri(path), BOUNDS)) {
            case CallResult.Answered<byte[]> answer when answer.status() == 200 ->
                    Optional.of(new String(answer.body(), UTF_8));
            case CallResult.Answered<byte[]> _, CallResult.Failed<byte[]> _ -> Optional.empty();
        };
    }

    private URI uri(String path) {
        return URI.create("https://docs.example:" + server.getAddress().getPort() + path);
    }

    private OutboundClient client() throws Exception {
        return new OutboundClient(guard("127.0.0.1"), authority.trusting().getSocketFactory());
    }

    private static OutboundGuard guard(String allowed) {
        var loopback = InetAddress.getLoopbackAddress();
        return new OutboundGuard(
                Loopback.blocks(allowed),
                host ->
                        switch (host) {
                            case "inside.example" -> List.of(InetAddress.ofLiteral("10.0.0.1"));
                            case "outside.example" -> List.of(InetAddress.ofLiteral("8.8.8.8"));
                            case "own.example" -> List.of(InetAddress.ofLiteral("8.8.4.4"));
                            case String _ -> List.of(loopback);
                        },
                InetAddress.ofLiteral("8.8.4.4")::equals);
    }

    private void serve(String path, int status, String body, String location) {
        server.createContext(path, exchange -> answer(exchange, status, body, location));
    }

    private static void answer(HttpExchange exchange, int status, String body, String location)
            throws IOException {
        try (exchange) {
            if (!location.isEmpty()) {
                exchange.getResponseHeaders().add("Location", location);
            }
            var octets = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
            exchange.getResponseBody().write(octets);
        }
    }
}
