package dev.postrider.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class CheckClockTest {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1/");

    @Test
    void aClockThatIsOffIsSaidByHowMuch() throws Exception {
        assertThat(against(Duration.ZERO)).containsExactly("OK clock");
        assertThat(against(Duration.ofSeconds(-10))).containsExactly("WARNING clock-off");
        assertThat(against(Duration.ofMinutes(5))).containsExactly("PROBLEM clock-wrong");
    }

    @Test
    void withoutATimeServerTheDateOfAWebServerWillDo() throws Exception {
        try (var web = new WebServer(404, "");
                var silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            assertThat(Found.by(check(silent, web.url(), Duration.ZERO)))
                    .containsExactly("OK clock");
            assertThat(Found.by(check(silent, web.url(), Duration.ofMinutes(5))))
                    .containsExactly("PROBLEM clock-wrong");
            assertThat(Found.by(check(silent, NOWHERE, Duration.ZERO)))
                    .containsExactly("WARNING clock-unknown");
        }
    }

    /** What is found when this machine's clock is before a time server's. */
    private static List<String> against(Duration ahead) throws Exception {
        try (var server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> answer(server, _ -> {}));
            return Found.by(check(server, NOWHERE, ahead));
        }
    }

    /** Sent away (a kiss of death), not synchronised, no server's, another's answer, cut off. */
    @Test
    void anAnswerThatTellsNoTimeIsNone() throws Exception {
        List<Consumer<ByteBuffer>> spoilings =
                List.of(
                        answer -> answer.put(1, (byte) 0),
                        answer -> answer.put(1, (byte) 16),
                        answer -> answer.put(0, (byte) 0xe4),
                        answer -> answer.put(0, (byte) 0x23),
                        answer -> answer.putLong(24, 7),
                        answer -> answer.putLong(40, 0),
                        answer -> answer.limit(20));
        for (var spoiling : spoilings) {
            try (var server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                Thread.startVirtualThread(() -> answer(server, spoiling));
                assertThat(Found.by(check(server, NOWHERE, Duration.ZERO)))
                        .containsExactly("WARNING clock-unknown");
            }
        }
    }

    /** The seconds of NTP begin anew on 7 February 2036. */
    @Test
    void theNextEraIsKnown() throws Exception {
        var then = Instant.parse("2036-03-01T00:00:00Z");
        try (var server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() ->
                    answer(
                            server,
                            answer ->
                                    answer.putInt(
                                            40, (int) (then.getEpochSecond() + 2_208_988_800L))));
            assertThat(
                            Found.by(
                                    new CheckClock(
                                            InetSocketAddress.createUnresolved(
                                                    "127.0.0.1", server.getLocalPort()),
                                            NOWHERE,
                                            InstantSource.fixed(then))))
                    .containsExactly("OK clock");
        }
    }

    private static CheckClock check(DatagramSocket server, URI web, Duration ahead) {
        InstantSource clock = () -> Instant.now().plus(ahead);
        return new CheckClock(
                InetSocketAddress.createUnresolved("127.0.0.1", server.getLocalPort()), web, clock);
    }

    private static void answer(DatagramSocket server, Consumer<ByteBuffer> spoil) {
        try {
            var packet = new DatagramPacket(new byte[48], 48);
            server.receive(packet);
            var now = Instant.now();
            var answer = ByteBuffer.allocate(48);
            answer.put(0, (byte) 0x24).put(1, (byte) 2);
            answer.put(24, packet.getData(), 40, 8);
            answer.putInt(40, (int) (now.getEpochSecond() + 2_208_988_800L));
            answer.putInt(44, (int) (((long) now.getNano() << 32) / 1_000_000_000L));
            spoil.accept(answer);
            server.send(
                    new DatagramPacket(answer.array(), answer.limit(), packet.getSocketAddress()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
