package dev.postrider.testkit.provider.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.testkit.authority.PrivateAuthority;
import dev.postrider.testkit.provider.Client;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ProviderServerTest {
    private enum Place implements Endpoint {
        ECHO("/echo/{name}"),
        BROKEN("/broken");

        private final String path;

        Place(String path) {
            this.path = path;
        }

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String path() {
            return path;
        }
    }

    private final AtomicInteger handled = new AtomicInteger();
    private final List<Route> routes =
            List.of(
                    new Route(Place.ECHO, this::echo),
                    new Route(
                            Place.BROKEN,
                            request -> {
                                throw new IllegalStateException("on purpose");
                            }));
    private ProviderServer server;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        server = new ProviderServer(0, null, routes);
        client = new Client(server.base());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Response echo(Request request) {
        handled.incrementAndGet();
        return Response.json(
                200,
                Json.object()
                        .put("name", request.segment("name"))
                        .put("body", request.text())
                        .put("query", request.query().text("q")));
    }

    private Client.Answer post(String path, String body) throws IOException, InterruptedException {
        return client.post(path, "token", "text/plain", body.getBytes(US_ASCII));
    }

    /** What comes back on a connection of its own until its end. */
    private String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port())) {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    @Test
    void pathsQueriesAndBodiesAreDecoded() throws Exception {
        var answer = post("/echo/a%40b.test?q=1+2%263", "hello");
        assertThat(answer.text("name")).isEqualTo("a@b.test");
        assertThat(answer.text("query")).isEqualTo("1 2&3");
        assertThat(answer.text("body")).isEqualTo("hello");
        assertThat(post("/nowhere", "").status()).isEqualTo(404);
        assertThat(client.get("/echo/a", "token").status()).isEqualTo(404);
    }

    @Test
    void requestsFollowOneAnotherOnAConnection() throws Exception {
        String first = "POST /echo/a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi";
        String chunked =
                """
                POST /echo/b HTTP/1.1\r
                Transfer-Encoding: chunked\r
                \r
                3\r
                abc\r
                2;ext=1\r
                de\r
                0\r
                Trailer: x\r
                \r
                """;
        String waiting =
                """
                POST /echo/c HTTP/1.1\r
                Expect: 100-continue\r
                Connection: close\r
                Content-Length: 1\r
                \r
                x\
                """;
        assertThat(raw(first + chunked + waiting))
                .contains("\"hi\"", "\"abcde\"", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200")
                .hasLineCount(15);
    }

    @Test
    void whatIsNoRequestEndsTheConnection() throws Exception {
        assertThat(raw("nonsense\r\n\r\n")).isEmpty();
        assertThat(raw("POST /echo/a HTTP/1.1\r\nno header\r\n\r\n")).isEmpty();
        assertThat(raw("POST /echo/a HTTP/1.1\r\nContent-Length: x\r\n\r\n")).isEmpty();
        assertThat(raw("POST /echo/a HTTP/1.1\r\nContent-Length: 9\r\n\r\nshort")).isEmpty();
        assertThat(raw("POST /echo/a HTTP/1.1\r\nContent-Length: 999999999\r\n\r\n")).isEmpty();
        assertThat(handled).hasValue(0);
    }

    @Test
    void aResetIsAResetAndNotAnOrderlyEnd() throws Exception {
        server.faults().next(Place.ECHO, Fault.acceptThenReset(), Fault.resetBeforeBody());
        try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port())) {
            String request = "POST /echo/a HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi";
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        assertThat(handled).hasValue(1);
        try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port())) {
            String head = "POST /echo/a HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(US_ASCII));
            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        assertThat(handled).hasValue(1);
    }

    @Test
    void halfAnAnswerPromisesTheWhole() throws Exception {
        server.faults().next(Place.ECHO, Fault.halfAnswer());
        String answer = raw("POST /echo/a HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi");
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(answer)
                .contains(
                        "Content-Length: "
                                + "{\"name\":\"a\",\"body\":\"hi\",\"query\":\"\"}".length());
        assertThat(body).isEqualTo("{\"name\":\"a\",\"body");
        assertThat(handled).hasValue(1);
    }

    @Test
    void anAnswerIsChangedAfterItWasAccepted() throws Exception {
        server.faults()
                .next(
                        Place.ECHO,
                        new Fault.Pass(),
                        Fault.wrongType("application/octet-stream"),
                        Fault.edit(body -> body.put("name", -1)),
                        Fault.acceptThenAnswer(Response.empty(504)));
        assertThat(post("/echo/a", "").text("name")).isEqualTo("a");
        assertThat(post("/echo/a", "").response().headers().firstValue("content-type"))
                .contains("application/octet-stream");
        assertThat(post("/echo/a", "").json().path("name").asInt()).isEqualTo(-1);
        assertThat(post("/echo/a", "").status()).isEqualTo(504);
        assertThat(handled).hasValue(4);
        assertThat(server.faults().armed()).isEmpty();
    }

    @Test
    void aGateHoldsARequestBeforeOrAfterItIsAccepted() throws Exception {
        var before = new Gate();
        var after = new Gate();
        server.faults().next(Place.ECHO, Fault.hold(before), new Fault.AcceptThenHold(after));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> post("/echo/a", ""));
            before.awaitArrival();
            assertThat(handled).hasValue(0);
            before.open();
            assertThat(first.get().status()).isEqualTo(200);
            var second = threads.submit(() -> post("/echo/a", ""));
            after.awaitArrival();
            assertThat(handled).hasValue(2);
            assertThat(second.isDone()).isFalse();
            after.open();
            assertThat(second.get().status()).isEqualTo(200);
        }
        server.calls().await(Place.ECHO, 2, Duration.ofSeconds(1));
        assertThat(server.calls().count(Place.ECHO)).isEqualTo(2);
        assertThatThrownBy(() -> server.calls().await(Place.ECHO, 3, Duration.ofMillis(1)))
                .hasMessage("ECHO was called 2 times, not 3");
    }

    @Test
    void aDelayTakesItsTime() throws Exception {
        server.faults().next(Place.ECHO, Fault.delay(Duration.ofMillis(200)));
        long begun = System.nanoTime();
        assertThat(post("/echo/a", "").status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void aBugOfTheServerIsNoAnswerOfTheProvider() throws Exception {
        assertThat(post("/broken", "").status()).isEqualTo(501);
    }

    @Test
    void itSpeaksTlsAndResetsThere() throws Exception {
        var authority = PrivateAuthority.create();
        try (var secured = new ProviderServer(0, authority.serverContext("127.0.0.1"), routes);
                var http =
                        HttpClient.newBuilder()
                                .version(HttpClient.Version.HTTP_1_1)
                                .sslContext(authority.trusting())
                                .build()) {
            assertThat(secured.base()).startsWith("https://");
            var request =
                    HttpRequest.newBuilder(URI.create(secured.base() + "/echo/a"))
                            .POST(HttpRequest.BodyPublishers.ofString("hi"))
                            .build();
            assertThat(http.send(request, BodyHandlers.ofString()).body()).contains("\"hi\"");
            secured.faults().next(Place.ECHO, Fault.acceptThenReset());
            assertThatThrownBy(() -> http.send(request, BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
            assertThat(handled).hasValue(2);
        }
    }
}
