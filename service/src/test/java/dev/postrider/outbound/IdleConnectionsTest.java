package dev.postrider.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that wait for somebody who needs them. */
@Timeout(60)
final class IdleConnectionsTest {
    private static final URI ORIGIN = URI.create("http://server.example");
    private static final URI OTHER = URI.create("https://server.example");

    private ServerSocket listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 300, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    private KeptConnection connection() throws IOException {
        var socket = new PinnedSocket(new Deadline(Duration.ofMinutes(1)));
        socket.connect(List.of(InetAddress.getLoopbackAddress()), listener.getLocalPort());
        socket.rest();
        return new KeptConnection(socket);
    }

    @Test
    void theLastOneUsedComesFirst() throws Exception {
        var idle = new IdleConnections(Duration.ofMinutes(1));
        var first = connection();
        var last = connection();
        idle.giveBack(ORIGIN, first);
        idle.giveBack(ORIGIN, last);
        assertThat(idle.take(ORIGIN)).containsSame(last);
        assertThat(idle.take(ORIGIN)).containsSame(first);
        assertThat(idle.take(ORIGIN)).isEmpty();
    }

    @Test
    void oneToAnotherServerIsNotTaken() throws Exception {
        var idle = new IdleConnections(Duration.ofMinutes(1));
        idle.giveBack(ORIGIN, connection());
        assertThat(idle.take(OTHER)).isEmpty();
    }

    @Test
    void oneThatNobodyNeedsIsClosed() throws Exception {
        var idle = new IdleConnections(Duration.ofMillis(20));
        idle.giveBack(ORIGIN, connection());
        try (Socket accepted = listener.accept()) {
            assertThat(accepted.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(idle.take(ORIGIN)).isEmpty();
    }

    @Test
    void beyondAllNeedTheOldestIsClosed() throws Exception {
        var idle = new IdleConnections(Duration.ofMinutes(1));
        for (var i = 0; i < 257; i++) {
            idle.giveBack(ORIGIN, connection());
        }
        try (Socket oldest = listener.accept()) {
            assertThat(oldest.getInputStream().read()).isEqualTo(-1);
        }
        for (var i = 0; i < 256; i++) {
            assertThat(idle.take(ORIGIN)).isPresent();
        }
        assertThat(idle.take(ORIGIN)).isEmpty();
    }
}
