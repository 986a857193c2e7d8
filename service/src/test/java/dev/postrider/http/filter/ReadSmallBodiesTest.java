package dev.postrider.http.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By a server of Vert.x itself, and clients that write octets. */
final class ReadSmallBodiesTest {
    private static final String JSON = "Content-Type: application/json; charset=utf-8\r\n";
    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    private HttpServer server = vertx.createHttpServer();

    /** What an operation finds. */
    private record Seen(String body, boolean isRead, String fault) {
        static Seen of(RoutingContext request) {
            return new Seen(
                    String.valueOf(request.body().asString()),
                    ReadSmallBodies.isRead(request),
                    ReadSmallBodies.fault(request)
                            .map(why -> why.getClass().getSimpleName())
                            .orElse(""));
        }
    }

    @BeforeEach
    void start() throws Exception {
        var read = new ReadSmallBodies(Duration.ofMillis(300), 3L * ReadSmallBodies.SMALL);
        var router = Router.router(vertx);
        router.route().handler(read::read);
        router.route()
                .handler(request -> {
                    seen.add(Seen.of(request));
                    request.response().end();
                });
        server =
                vertx.createHttpServer()
                        .requestHandler(router)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aBodyIsThereWhenItsOperationBegins() throws Exception {
        var body = "{\"to\":\"ä@example.org\"}";
        try (var _ = post(JSON + "Content-Length: " + body.getBytes(UTF_8).length, body)) {
            assertThat(next()).isEqualTo(new Seen(body, true, ""));
        }
    }

    /** Octet by octet, several on one connection. */
    @Test
    void itMayComeInPieces() throws Exception {
        try (var socket = post(JSON + "Content-Length: 3", "")) {
            for (var octet : "abc".getBytes(UTF_8)) {
                socket.getOutputStream().write(octet);
                socket.getOutputStream().flush();
            }
            assertThat(next()).isEqualTo(new Seen("abc", true, ""));
            socket.getOutputStream().write(head(JSON + "Content-Length: 1", "d").getBytes(UTF_8));
            assertThat(next()).isEqualTo(new Seen("d", true, ""));
        }
    }

    @Test
    void theLargestIsRead() throws Exception {
        var body = "x".repeat(ReadSmallBodies.SMALL);
        try (var _ = post(JSON + "Content-Length: " + body.length(), body)) {
            assertThat(next()).isEqualTo(new Seen(body, true, ""));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                JSON + "Content-Length: 16385",
                JSON + "Transfer-Encoding: chunked",
                JSON + "Content-Length: 5\r\nExpect: 100-continue",
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5",
                "Content-Length: 5",
                JSON + "Content-Length: 0",
                JSON + "Accept: */*"
            })
    void whatIsNoSmallJsonIsLeftToItsOperation(String headers) throws Exception {
        try (var _ = post(headers, "")) {
            assertThat(next()).isEqualTo(new Seen("null", false, ""));
        }
    }

    @Test
    void aBodyThatIsLateIsToldOf() throws Exception {
        try (var _ = post(JSON + "Content-Length: 10", "late")) {
            assertThat(next()).isEqualTo(new Seen("null", false, "TooSlow"));
        }
    }

    @Test
    void aBodyThatBreaksOffIsToldOf() throws Exception {
        post(JSON + "Content-Length: 10", "half").close();
        assertThat(next()).isEqualTo(new Seen("null", false, "BrokenOff"));
    }

    /**
     * Whose bodies never come hold no more than all may; the others are read by their operations.
     */
    @Test
    void thereIsRoomForSoManyOctetsAndItIsGivenBack() throws Exception {
        var sockets = new Socket[4];
        try {
            for (var i = 0; i < 4; i++) {
                sockets[i] = post(JSON + "Content-Length: " + ReadSmallBodies.SMALL, "x");
            }
            assertThat(next()).isEqualTo(new Seen("null", false, ""));
            for (var i = 0; i < 3; i++) {
                assertThat(next()).isEqualTo(new Seen("null", false, "TooSlow"));
            }
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
        try (var _ = post(JSON + "Content-Length: 1", "y")) {
            assertThat(next()).isEqualTo(new Seen("y", true, ""));
        }
    }

    private Seen next() throws InterruptedException {
        var next = seen.poll(30, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private Socket post(String headers, String body) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
        socket.getOutputStream().write(head(headers, body).getBytes(UTF_8));
        return socket;
    }

    private static String head(String headers, String body) {
        return "POST / HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n\r\n" + body;
    }
}
