package dev.postrider.smtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

final class AcknowledgeTest {
    private final Outbound outbound = new Outbound(new Watchdog(() -> {}), Duration.ofMinutes(1));
    private final AtomicInteger wishes = new AtomicInteger();
    private final Acknowledge acknowledge = new Acknowledge(outbound, wishes::incrementAndGet);

    @Test
    void whatIsSaidAcknowledgesByItself() throws IOException {
        say();
        acknowledge.atOnce();
        say();
        acknowledge.atOnce();

        assertThat(wishes).hasValue(0);
    }

    @Test
    void eachFurtherWaitAsksAnew() throws IOException {
        say();
        acknowledge.atOnce();
        acknowledge.atOnce();
        acknowledge.atOnce();

        assertThat(wishes).hasValue(2);
    }

    @Test
    void theSystemTakesTheWish() throws IOException {
        try (var channel = SocketChannel.open()) {
            Acknowledge.of(channel).make();

            assertThat(channel.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK))
                    .isEqualTo(System.getProperty("os.name").equals("Linux"));
        }
    }

    private void say() throws IOException {
        outbound.put("NOOP\r\n");
        outbound.flush();
    }
}
