package dev.postrider.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.outbound.guard.AllowedBlocks;
import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.rig.Loopback;
import dev.postrider.testkit.authority.PrivateAuthority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to a server that hangs up where a test wants it to, octet by octet. */
@Timeout(60)
final class OutboundSessionTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final AtomicInteger connections = new AtomicInteger();
    private final LinkedBlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private ServerSocket listener;
    private OutboundClient client;
    private OutboundSession session;

    /** What the server does with a connection; the count is from 1. */
    @FunctionalInterface
    private interface Serving {
        void serve(Socket socket, int connection) throws IOException;
    }

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        client = new OutboundClient(new OutboundGuard(Loopback.blocks()));
        session = session();
    }

    private OutboundSession session() {
        return client.session(
                OutboundCall.OPERATOR,
                URI.create("http://127.0.0.1:" + listener.getLocalPort()),
                OutboundCall.Reach.TLS_ONLY);
    }

    @AfterEach
    void close() throws IOException {
        session.close();
        listener.close();
    }

    @Test
    void aConnectionIsKept() {
        serve((socket, _) -> {
            while (request(socket)) {
                answer(socket, OK);
            }
        });
        assertThat(text(post("a"))).isEqualTo("200 ok");
        assertThat(text(post("b"))).isEqualTo("200 ok");
        assertThat(connections).hasValue(1);
        assertThat(session.server().orElseThrow()).endsWith("(127.0.0.1)");
    }

    /**
     * Many mailboxes that send seldom: a handshake for each email would cost more than the email.
     */
    @Test
    void sessionsShareConnections() {
        serve((socket, _) -> {
            while (request(socket)) {
                answer(socket, OK);
            }
        });
        assertThat(text(post("a"))).isEqualTo("200 ok");
        var other = session();
        assertThat(other.open()).isEmpty();
        assertThat(text(post(other, "b"))).isEqualTo("200 ok");
        other.close();
        assertThat(text(post("c"))).isEqualTo("200 ok");
        assertThat(connections).hasValue(1);
        assertThat(session.server()).isEqualTo(other.server());
    }

    @Test
    void aConnectionThatIsInUseIsNobodyElses() {
        serve((socket, _) -> {
            while (request(socket)) {
                answer(socket, OK);
            }
        });
        assertThat(session.open()).isEmpty();
        assertThat(text(post(session(), "b"))).isEqualTo("200 ok");
        assertThat(text(post("a"))).isEqualTo("200 ok");
        assertThat(connections).hasValue(2);
    }

    /** Nobody has made a request over it, and yet it may be gone. */
    @Test
    void aConnectionThatWasNeverUsedAndIsClosedMeanwhileIsNotUsed() throws Exception {
        var closed = new LinkedBlockingQueue<Integer>();
        serve((socket, connection) -> {
            if (connection == 1) {
                socket.close();
                closed.add(connection);
            }
            while (connection > 1 && request(socket)) {
                answer(socket, OK);
            }
        });
        assertThat(session.open()).isEmpty();
        session.close();
        closed.take();
        assertThat(text(post(session(), "a"))).isEqualTo("200 ok");
        assertThat(connections).hasValue(2);
    }

    /** A kept connection that the server has closed is no reason to wonder whether it was sent. */
    @Test
    void aConnectionThatTheServerClosedMeanwhileIsNotUsed() throws Exception {
        var closed = new LinkedBlockingQueue<Integer>();
        serve((socket, connection) -> {
            request(socket);
            answer(socket, OK);
            socket.close();
            closed.add(connection);
        });
        assertThat(text(post("a"))).isEqualTo("200 ok");
        closed.take();
        assertThat(text(post("b"))).isEqualTo("200 ok");
        assertThat(connections).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n"
            })
    void aConnectionThatMustNotBeUsedAgainIsNot(String answer) {
        serve((socket, _) -> {
            while (request(socket)) {
                answer(socket, answer);
            }
        });
        assertThat(text(post("a"))).isEqualTo("200 ok");
        assertThat(text(post("b"))).isEqualTo("200 ok");
        assertThat(connections).hasValue(2);
    }

    /** The whole point: nothing that may have been taken is ever repeated. */
    @Test
    void aRequestThatMayHaveBeenTakenIsMadeOnce() {
        serve((socket, _) -> {
            request(socket);
            reset(socket);
        });
        assertThat(post("a")).isInstanceOf(SessionResult.Unanswered.class);
        assertThat(requests).containsExactly("a");
    }

    @Test
    void norIsOneOverAConnectionThatWasKept() {
        serve((socket, connection) -> {
            request(socket);
            if (connection == 1) {
                answer(socket, OK);
                request(socket);
            }
            reset(socket);
        });
        assertThat(text(post("a"))).isEqualTo("200 ok");
        assertThat(post("b")).isInstanceOf(SessionResult.Unanswered.class);
        assertThat(requests).containsExactly("a", "b");
        assertThat(connections).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 2",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok"
            })
    void whatIsNoAnswerLeavesItOpenWhetherItWasTaken(String answer) {
        serve((socket, _) -> {
            request(socket);
            answer(socket, answer);
            socket.close();
        });
        assertThat(post("a")).isInstanceOf(SessionResult.Unanswered.class);
        assertThat(requests).containsExactly("a");
    }

    @Test
    void aServerThatHangsUpBeforeTheEndCannotHaveTakenIt() {
        serve((socket, _) -> reset(socket));
        // more than the sockets' buffers hold: what they do hold may have been taken
        assertThat(exchange(pieces(64_000), () -> true)).isInstanceOf(SessionResult.NotSent.class);
    }

    @Test
    void nothingListens() throws Exception {
        listener.close();
        assertThat(post("a"))
                .isInstanceOfSatisfying(
                        SessionResult.NotSent.class,
                        failed -> assertThat(failed.why()).isEqualTo(CallResult.Why.CONNECTION));
    }

    @Test
    void aServerThatSaysNothingIsWaitedForAsLongAsTheRequestSays() throws Exception {
        serve((socket, _) -> {
            request(socket);
            var _ = socket.getInputStream().read();
        });
        assertThat(
                        session.exchange(
                                request(
                                        RequestBody.of("a".getBytes(UTF_8)),
                                        () -> true,
                                        Duration.ofMillis(300)),
                                BodySink.OCTETS))
                .isInstanceOfSatisfying(
                        SessionResult.Unanswered.class,
                        failed -> assertThat(failed.why()).isEqualTo(CallResult.Why.TIMEOUT));
    }

    /** The lease is over: the last octets stay here, so nobody can have taken it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 4_096, 4_097, 300_000})
    void whatMayNotLeaveAnyMoreIsNeverWhole(int size) throws Exception {
        serve((socket, _) -> request(socket));
        var asked = new AtomicInteger();
        var body = RequestBody.of("x".repeat(size).getBytes(UTF_8));
        assertThat(exchange(body, () -> asked.incrementAndGet() > 1))
                .isInstanceOf(SessionResult.Withdrawn.class);
        assertThat(asked).hasValue(1);
        assertThat(requests.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void aBodyThatCannotBeReadIsNeverWhole() throws Exception {
        serve((socket, _) -> request(socket));
        var short1 =
                new RequestBody() {
                    @Override
                    public long length() {
                        return 10;
                    }

                    @Override
                    public void writeTo(OutputStream out) throws IOException {
                        out.write(new byte[9]);
                    }
                };
        assertThat(exchange(short1, () -> true)).isInstanceOf(SessionResult.Unreadable.class);
        assertThat(requests.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }

    /** Nothing large is kept in memory: what the server has read is all that was asked for. */
    @Test
    void aLargeBodyIsWrittenAsItLeaves() {
        serve((socket, _) -> {
            while (request(socket)) {
                answer(socket, OK);
            }
        });
        assertThat(text(exchange(large(), () -> true))).isEqualTo("200 ok");
        assertThat(requests.poll()).hasSize(3_000_000);
    }

    @Test
    void whoeverIsInterruptedHearsWhetherItMayHaveLeft() throws Exception {
        var asked = new LinkedBlockingQueue<Integer>();
        serve((socket, connection) -> {
            request(socket);
            asked.add(connection);
            var _ = socket.getInputStream().read();
        });
        var results = new LinkedBlockingQueue<SessionResult<byte[]>>();
        var caller = Thread.ofVirtual().start(() -> results.add(post("a")));
        asked.take();
        caller.interrupt();
        assertThat(results.take()).isInstanceOf(SessionResult.Unanswered.class);
    }

    @Test
    void whatTheGuardRefusesIsNotReached() {
        var guarded =
                new OutboundClient(new OutboundGuard(AllowedBlocks.NONE))
                        .session(
                                OutboundCall.OPERATOR,
                                URI.create("http://127.0.0.1:" + listener.getLocalPort()),
                                OutboundCall.Reach.WEB);
        assertThat(guarded.open().orElseThrow().why()).isEqualTo(CallResult.Why.REFUSED);
    }

    @Test
    void aCertificateOfAnothersIsNotTrusted() {
        serve((socket, _) -> {
            socket.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 40});
            socket.close();
        });
        var secured =
                new OutboundClient(
                                new OutboundGuard(Loopback.blocks()),
                                PrivateAuthority.create().trusting().getSocketFactory())
                        .session(
                                OutboundCall.OPERATOR,
                                URI.create("https://127.0.0.1:" + listener.getLocalPort()),
                                OutboundCall.Reach.TLS_ONLY);
        assertThat(secured.open().orElseThrow().why()).isEqualTo(CallResult.Why.TLS);
    }

    private static RequestBody large() {
        return pieces(3_000);
    }

    /** Of a thousand octets each. */
    private static RequestBody pieces(int count) {
        return new RequestBody() {
            @Override
            public long length() {
                return 1_000L * count;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                var piece = "x".repeat(1_000).getBytes(UTF_8);
                for (var i = 0; i < count; i++) {
                    out.write(piece);
                }
            }
        };
    }

    private SessionResult<byte[]> post(String body) {
        return post(session, body);
    }

    private static SessionResult<byte[]> post(OutboundSession over, String body) {
        return exchange(over, RequestBody.of(body.getBytes(UTF_8)), () -> true);
    }

    private SessionResult<byte[]> exchange(RequestBody body, BooleanSupplier mayLeave) {
        return exchange(session, body, mayLeave);
    }

    private static SessionResult<byte[]> exchange(
            OutboundSession over, RequestBody body, BooleanSupplier mayLeave) {
        return over.exchange(request(body, mayLeave, Duration.ofSeconds(20)), BodySink.OCTETS);
    }

    private static SessionRequest request(
            RequestBody body, BooleanSupplier mayLeave, Duration time) {
        return new SessionRequest(
                "POST",
                "/send?x=1",
                Map.of("Content-Type", "text/plain"),
                Optional.of(body),
                mayLeave,
                Calls.bounds(time));
    }

    private static String text(SessionResult<byte[]> result) {
        return switch (result) {
            case SessionResult.Answer<byte[]>(var answer) ->
                    answer.status() + " " + new String(answer.body(), UTF_8);
            case SessionResult<byte[]> other -> other.toString();
        };
    }

    private void serve(Serving serving) {
        Thread.ofVirtual()
                .start(() -> {
                    while (!listener.isClosed()) {
                        try {
                            var socket = listener.accept();
                            var count = connections.incrementAndGet();
                            Thread.ofVirtual()
                                    .start(() -> {
                                        try (socket) {
                                            serving.serve(socket, count);
                                        } catch (IOException _) {
                                            Thread.currentThread().interrupt(); // hung up
                                        }
                                    });
                        } catch (IOException _) {
                            return;
                        }
                    }
                });
    }

    /** Reads one whole request; false when there is none. */
    private boolean request(Socket socket) throws IOException {
        var in = socket.getInputStream();
        var head = new ByteArrayOutputStream();
        while (!head.toString(UTF_8).endsWith("\r\n\r\n")) {
            var octet = in.read();
            if (octet < 0) {
                return false;
            }
            head.write(octet);
        }
        var text = head.toString(UTF_8);
        assertThat(text).startsWith("POST /send?x=1 HTTP/1.1\r\n");
        var length =
                Integer.parseInt(
                        text.substring(text.indexOf("Content-Length: ") + 16).split("\r\n", 2)[0]);
        var body = in.readNBytes(length);
        if (body.length < length) {
            return false;
        }
        requests.add(new String(body, UTF_8));
        return true;
    }

    private static void answer(Socket socket, String answer) throws IOException {
        socket.getOutputStream().write(answer.getBytes(UTF_8));
        socket.getOutputStream().flush();
    }

    /** As a server that dies: RST, not FIN. */
    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
