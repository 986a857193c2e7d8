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

    private final Reconnecting reconnecting = new Reconnecting();

    @Test
    void triesThatFailTogetherAreOneFailure() {
        reconnecting.succeeded();
        for (int i = 0; i < 20; i++) {
            reconnecting.trying();
        }
        for (int i = 0; i < 20; i++) {
            reconnecting.failed(FAILURE, 0);
        }
        assertThat(reconnecting.stillFailed(seconds(1) / 2 - 1)).isEqualTo(FAILURE);
        assertThat(reconnecting.stillFailed(seconds(1))).isNull();
    }

    @Test
    void afterAFailureOneTriesAlone() {
        reconnecting.succeeded();
        reconnecting.failed(FAILURE, 0);
        assertThat(reconnecting.mayTry()).isTrue();
        reconnecting.trying();
        assertThat(reconnecting.mayTry()).isFalse();
        reconnecting.failed(FAILURE, seconds(1));
        assertThat(reconnecting.stillFailed(seconds(2) - 1)).isEqualTo(FAILURE);
        assertThat(reconnecting.stillFailed(seconds(3))).isNull();
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
