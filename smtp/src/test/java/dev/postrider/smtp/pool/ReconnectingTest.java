package dev.postrider.smtp.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.smtp.connect.Opening;
import dev.postrider.smtp.reply.Stage;
import dev.postrider.smtp.wire.Trouble;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ReconnectingTest {
    private static final Opening.Failed FAILURE =
            new Opening.Unreachable(Stage.CONNECT, Trouble.REFUSED, "nobody there");

    private final Reconnecting reconnecting =
            new Reconnecting(
                    PoolLimits.STANDARD.withPauses(Duration.ofSeconds(4), Duration.ofMinutes(5)));

    @Test
    void triesThatFailTogetherAreOneFailure() {
        reconnecting.succeeded();
        for (int i = 0; i < 20; i++) {
            reconnecting.trying();
        }
        for (int i = 0; i < 20; i++) {
            reconnecting.failed(FAILURE, 0);
        }
        assertThat(reconnecting.stillFailed(seconds(2) - 1)).isEqualTo(FAILURE);
        assertThat(reconnecting.stillFailed(seconds(4))).isNull();
    }

    @Test
    void afterAFailureOneTriesAlone() {
        reconnecting.succeeded();
        reconnecting.failed(FAILURE, 0);
        assertThat(reconnecting.mayTry()).isTrue();
        reconnecting.trying();
        assertThat(reconnecting.mayTry()).isFalse();
        reconnecting.failed(FAILURE, seconds(4));
        assertThat(reconnecting.stillFailed(seconds(8) - 1)).isEqualTo(FAILURE);
        assertThat(reconnecting.stillFailed(seconds(12))).isNull();
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
