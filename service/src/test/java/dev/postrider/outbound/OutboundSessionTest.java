package dev.postrider.outbound;

import static dev.postrider.outbound.SessionCalls.exchange;
import static dev.postrider.outbound.SessionCalls.post;
import static dev.postrider.outbound.SessionCalls.request;
import static dev.postrider.outbound.SessionCalls.text;
import static dev.postrider.outbound.SessionServer.OK;
import static dev.postrider.outbound.SessionServer.answer;
import static dev.postrider.outbound.SessionServer.reset;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.outbound.guard.AllowedBlocks;
import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.rig.Loopback;
import dev.postrider.testkit.authority.PrivateAuthority;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to a server that hangs up where a test wants it to, octet by octet. */
@Timeout(60)
final class OutboundSessionTest {
    private SessionServer server;
    private OutboundSession session;

    @BeforeEach
    void listen() throws IOException {
        server = new SessionServer();
        session = server.session();
    }

    @AfterEach
    void close() throws IOException {
        session.close();
        server.close();
    }

    /** The whole point: nothing that may have been taken is ever repeated. */
    @Test
    void aRequestThatMayHaveBeenTakenIsMadeOnce() {
        server.serve((socket, _) -> {
            server.request(socket);
            reset(socket);
        });
        assertThat(post(session, "a")).isInstanceOf(SessionResult.Unanswered.class);
        assertThat(server.requests).containsExactly("a");
    }

    @Test
    void norIsOneOverAConnectionThatWasKept() {
        server.serve((socket, connection) -> {
            server.request(socket);
            if (connection == 1) {
                answer(socket, OK);
                server.request(socket);
            }
            reset(socket);
        });
        assertThat(text(post(session, "a"))).isEqualTo("200 ok");
        assertThat(post(session, "b")).isInstanceOf(SessionResult.Unanswered.class);
        assertThat(server.requests).containsExactly("a", "b");
        assertThat(server.connections).hasValue(1);
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
        server.serve((socket, _) -> {
            server.request(socket);
            answer(socket, answer);
            socket.close();
        });
        assertThat(post(session, "a")).isInstanceOf(SessionResult.Unanswered.class);
        assertThat(server.requests).containsExactly("a");
    }

    @Test
    void aServerThatHangsUpBeforeTheEndCannotHaveTakenIt() {
        server.serve((socket, _) -> reset(socket));
        // more than the sockets' buffers hold: what they do hold may have been taken
        assertThat(exchange(session, pieces(64_000), () -> true))
                .isInstanceOf(SessionResult.NotSent.class);
    }

    @Test
    void nothingListens() throws Exception {
        server.close();
        assertThat(post(session, "a"))
                .isInstanceOfSatisfying(
                        SessionResult.NotSent.class,
                        failed -> assertThat(failed.why()).isEqualTo(CallResult.Why.CONNECTION));
    }

    @Test
    void aServerThatSaysNothingIsWaitedForAsLongAsTheRequestSays() throws Exception {
        server.serve((socket, _) -> {
            server.request(socket);
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
        server.serve((socket, _) -> server.request(socket));
        var asked = new AtomicInteger();
        var body = RequestBody.of("x".repeat(size).getBytes(UTF_8));
        assertThat(exchange(session, body, () -> asked.incrementAndGet() > 1))
                .isInstanceOf(SessionResult.Withdrawn.class);
        assertThat(asked).hasValue(1);
        assertThat(server.requests.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void aBodyThatCannotBeReadIsNeverWhole() throws Exception {
        server.serve((socket, _) -> server.request(socket));
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
        assertThat(exchange(session, short1, () -> true))
                .isInstanceOf(SessionResult.Unreadable.class);
        assertThat(server.requests.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }

    /** Nothing large is kept in memory: what the server has read is all that was asked for. */
    @Test
    void aLargeBodyIsWrittenAsItLeaves() {
        server.answering(OK);
        assertThat(text(exchange(session, large(), () -> true))).isEqualTo("200 ok");
        assertThat(server.requests.poll()).hasSize(3_000_000);
    }

    @Test
    void whoeverIsInterruptedHearsWhetherItMayHaveLeft() throws Exception {
        var asked = new LinkedBlockingQueue<Integer>();
        server.serve((socket, connection) -> {
            server.request(socket);
            asked.add(connection);
            var _ = socket.getInputStream().read();
        });
        var results = new LinkedBlockingQueue<SessionResult<byte[]>>();
        var caller = Thread.ofVirtual().start(() -> results.add(post(session, "a")));
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
                                URI.create("http://" + server.authority()),
                                OutboundCall.Reach.WEB);
        assertThat(guarded.open().orElseThrow().why()).isEqualTo(CallResult.Why.REFUSED);
    }

    @Test
    void aCertificateOfAnothersIsNotTrusted() {
        server.serve((socket, _) -> {
            socket.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 40});
            socket.close();
        });
        var secured =
                new OutboundClient(
                                new OutboundGuard(Loopback.blocks()),
                                PrivateAuthority.create().trusting().getSocketFactory())
                        .session(
                                OutboundCall.OPERATOR,
                                URI.create("https://" + server.authority()),
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
}
