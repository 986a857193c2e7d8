package dev.postrider.outbound;

import static dev.postrider.outbound.SessionCalls.post;
import static dev.postrider.outbound.SessionCalls.text;
import static dev.postrider.outbound.SessionServer.OK;
import static dev.postrider.outbound.SessionServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connections that stay for the next request, of this session or another, and those that may not.
 */
@Timeout(60)
final class KeptConnectionsTest {
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

    @Test
    void aConnectionIsKept() {
        server.answering(OK);
        assertThat(text(post(session, "a"))).isEqualTo("200 ok");
        assertThat(text(post(session, "b"))).isEqualTo("200 ok");
        assertThat(server.connections).hasValue(1);
        assertThat(session.server().orElseThrow()).endsWith("(127.0.0.1)");
    }

    /**
     * Many mailboxes that send seldom: a handshake for each email would cost more than the email.
     */
    @Test
    void sessionsShareConnections() {
        server.answering(OK);
        assertThat(text(post(session, "a"))).isEqualTo("200 ok");
        var other = server.session();
        assertThat(other.open()).isEmpty();
        assertThat(text(post(other, "b"))).isEqualTo("200 ok");
        other.close();
        assertThat(text(post(session, "c"))).isEqualTo("200 ok");
        assertThat(server.connections).hasValue(1);
        assertThat(session.server()).isEqualTo(other.server());
    }

    @Test
    void aConnectionThatIsInUseIsNobodyElses() {
        server.answering(OK);
        assertThat(session.open()).isEmpty();
        assertThat(text(post(server.session(), "b"))).isEqualTo("200 ok");
        assertThat(text(post(session, "a"))).isEqualTo("200 ok");
        assertThat(server.connections).hasValue(2);
    }

    /** Nobody has made a request over it, and yet it may be gone. */
    @Test
    void aConnectionThatWasNeverUsedAndIsClosedMeanwhileIsNotUsed() throws Exception {
        var closed = new LinkedBlockingQueue<Integer>();
        server.serve((socket, connection) -> {
            if (connection == 1) {
                socket.close();
                closed.add(connection);
            }
            while (connection > 1 && server.request(socket)) {
                answer(socket, OK);
            }
        });
        assertThat(session.open()).isEmpty();
        session.close();
        closed.take();
        assertThat(text(post(server.session(), "a"))).isEqualTo("200 ok");
        assertThat(server.connections).hasValue(2);
    }

    /** A kept connection that the server has closed is no reason to wonder whether it was sent. */
    @Test
    void aConnectionThatTheServerClosedMeanwhileIsNotUsed() throws Exception {
        var closed = new LinkedBlockingQueue<Integer>();
        server.serve((socket, connection) -> {
            server.request(socket);
            answer(socket, OK);
            socket.close();
            closed.add(connection);
        });
        assertThat(text(post(session, "a"))).isEqualTo("200 ok");
        closed.take();
        assertThat(text(post(session, "b"))).isEqualTo("200 ok");
        assertThat(server.connections).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n"
            })
    void aConnectionThatMustNotBeUsedAgainIsNot(String answer) {
        server.answering(answer);
        assertThat(text(post(session, "a"))).isEqualTo("200 ok");
        assertThat(text(post(session, "b"))).isEqualTo("200 ok");
        assertThat(server.connections).hasValue(2);
    }
}
