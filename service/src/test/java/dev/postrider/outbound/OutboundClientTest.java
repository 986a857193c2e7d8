package dev.postrider.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.postrider.outbound.CallResult.Why;
import dev.postrider.outbound.OutboundCall.Reach;
import dev.postrider.outbound.guard.AllowedBlocks;
import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.outbound.guard.Resolution;
import dev.postrider.rig.Loopback;
import dev.postrider.testkit.authority.PrivateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
                        Calls.client(authority)
                                        .resolve(
                                                OutboundCall.OPERATOR,
                                                URI.create(uri),
                                                Reach.TLS_ONLY)
                                instanceof Resolution.Reachable)
                .isEqualTo(isReached);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8200/",
                "http://[::1]:8200/",
                "https://10.0.0.1:8200/",
                "https://[fd00::1]/",
                "https://[::ffff:10.0.0.1]/",
                "https://[64:ff9b::10.0.0.1]/"
            })
    void onlyWhatTheOperatorsSettingsNameMayBePrivate(String url) throws Exception {
        var anybody = new OutboundClient(new OutboundGuard(AllowedBlocks.NONE));
        assertThat(anybody.resolve(OutboundCall.OPERATOR, URI.create(url), Reach.WEB))
                .isInstanceOf(Resolution.Refused.class);
        assertThat(
                        OutboundClient.forOperator()
                                .resolve(OutboundCall.OPERATOR, URI.create(url), Reach.WEB))
                .isInstanceOf(Resolution.Reachable.class);
    }

    @Test
    void anotherNamesCertificateIsRefused() throws Exception {
        serve("/a", 200, "hello", "");
        var other = URI.create("https://other.example:" + server.getAddress().getPort() + "/a");
        assertThat(Calls.why(call(other, Calls.BOUNDS))).isEqualTo(Why.TLS);
    }

    @Test
    void anAnswerOfAnyStatusIsOne() throws Exception {
        serve("/gone", 410, "no", "");
        assertThat(call(uri("/gone"), Calls.BOUNDS))
                .isInstanceOfSatisfying(
                        CallResult.Answered.class,
                        answer -> assertThat(answer.status()).isEqualTo(410));
    }

    @Test
    void aDocumentWithoutEndIsGivenUp() throws Exception {
        serve("/large", 200, "x".repeat(300_000), "");
        assertThat(Calls.why(call(uri("/large"), Calls.BOUNDS))).isEqualTo(Why.TOO_LARGE);
    }

    /** One deadline: neither drops, nor redirects, nor another address begin it anew. */
    @Test
    void theWholeCallHasOneDeadline() throws Exception {
        var hangs = new CountDownLatch(1);
        server.createContext("/hangs", _ -> await(hangs));
        serve("/a", 302, "", "/hangs");
        var start = System.nanoTime();
        assertThat(Calls.why(call(uri("/a"), Calls.bounds(Duration.ofMillis(700)))))
                .isEqualTo(Why.TIMEOUT);
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
                                call(uri("/hangs"), Calls.BOUNDS);
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
            Calls.client(authority)
                    .call(
                            new OutboundCall(
                                    OutboundCall.OPERATOR,
                                    "GET",
                                    uri(from),
                                    Map.of("X-Secret", "s"),
                                    Optional.empty(),
                                    Reach.TLS_ONLY,
                                    Calls.BOUNDS),
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
        assertThat(Calls.text(at(List.of(dead, dead, alive)))).isEqualTo("hello");
        assertThat(Calls.why(at(List.of(dead, dead, dead, alive)))).isEqualTo(Why.CONNECTION);
    }

    private CallResult<byte[]> at(List<InetAddress> addresses) throws Exception {
        var guard = new OutboundGuard(Loopback.blocks(), (_, _) -> addresses);
        return new OutboundClient(guard, authority.trusting().getSocketFactory())
                .call(
                        OutboundCall.get(
                                OutboundCall.OPERATOR, uri("/a"), Reach.TLS_ONLY, Calls.BOUNDS),
                        BodySink.OCTETS);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private CallResult<byte[]> call(URI url, OutboundCall.Bounds bounds) throws Exception {
        return Calls.client(authority)
                .call(
                        OutboundCall.get(OutboundCall.OPERATOR, url, Reach.TLS_ONLY, bounds),
                        BodySink.OCTETS);
    }

    private Optional<String> fetch(String path) throws Exception {
        return switch (call(uri(path), Calls.BOUNDS)) {
            case CallResult.Answered<byte[]> answer when answer.status() == 200 ->
                    Optional.of(new String(answer.body(), UTF_8));
            case CallResult.Answered<byte[]> _, CallResult.Failed<byte[]> _ -> Optional.empty();
        };
    }

    private URI uri(String path) {
        return URI.create("https://docs.example:" + server.getAddress().getPort() + path);
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
