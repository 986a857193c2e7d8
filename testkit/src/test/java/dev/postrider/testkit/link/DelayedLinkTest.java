package dev.postrider.testkit.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class DelayedLinkTest {
    private static final Duration ROUND_TRIP = Duration.ofMillis(100);

    private ServerSocket server;
    private DelayedLink link;
    private Socket near;
    private Socket far;

    @BeforeEach
    void join() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        link = DelayedLink.to(server.getLocalPort(), ROUND_TRIP);
        near = new Socket(InetAddress.ofLiteral("127.0.0.1"), link.port());
        far = server.accept();
    }

    @AfterEach
    void part() throws IOException {
        near.close();
        far.close();
        link.close();
        server.close();
    }

    @Test
    void anAnswerComesARoundTripLater() throws IOException {
        long asked = System.nanoTime();
        say(near, "ask");
        assertThat(hear(far, 3)).isEqualTo("ask");
        say(far, "answer");
        assertThat(hear(near, 6)).isEqualTo("answer");
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThanOrEqualTo(ROUND_TRIP);
    }

    @Test
    void whatIsSentOneAfterTheOtherIsUnderWayTogether() throws IOException {
        long begun = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            say(near, "x");
        }
        assertThat(hear(far, 200)).isEqualTo("x".repeat(200));
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isLessThan(ROUND_TRIP.multipliedBy(50));
    }

    @Test
    void theEndOfOneDirectionLeavesTheOtherOpen() throws IOException {
        say(near, "last");
        near.shutdownOutput();
        assertThat(hearAll(far)).isEqualTo("last");
        say(far, "still here");
        assertThat(hear(near, 10)).isEqualTo("still here");
    }

    @Test
    void whatWasSaidBeforeAFarewellArrivesBeforeIt() throws IOException {
        near.shutdownOutput();
        assertThat(hearAll(far)).isEmpty();
        say(far, "goodbye");
        far.close();
        assertThat(hearAll(near)).isEqualTo("goodbye");
    }

    @Test
    void aServerThatBreaksOffIsBrokenForTheClient() throws IOException {
        reset(far);
        assertThatThrownBy(() -> near.getInputStream().read()).isInstanceOf(SocketException.class);
    }

    @Test
    void aServerThatIsntThereIsBrokenForTheClient() throws IOException {
        server.close();
        try (var late = new Socket(InetAddress.ofLiteral("127.0.0.1"), link.port())) {
            assertThatThrownBy(() -> late.getInputStream().read())
                    .isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aClientThatBreaksOffIsBrokenForTheServer() throws IOException {
        reset(near);
        assertThatThrownBy(() -> far.getInputStream().read()).isInstanceOf(SocketException.class);
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private static String hear(Socket socket, int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), US_ASCII);
    }

    private static String hearAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
