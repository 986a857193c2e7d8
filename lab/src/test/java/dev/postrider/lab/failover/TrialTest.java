package dev.postrider.lab.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the lab prints of a fault. */
final class TrialTest {
    @Test
    void aFaultIsARowWithTimesInSeconds() {
        var now = Instant.parse("2026-11-22T12:00:00Z");
        var trial =
                new Trial(
                        Fault.SWITCH_OVER,
                        2,
                        1_300,
                        1_400,
                        7,
                        new Pause(Duration.ofMillis(2_040), now),
                        new Pause(Duration.ofMillis(3_960), now),
                        Duration.ofSeconds(17),
                        Duration.ofMillis(1_500),
                        1,
                        12,
                        3,
                        0);

        assertThat(Trial.table(List.of(trial, trial)).lines())
                .hasSize(4)
                .last()
                .isEqualTo(
                        "| SWITCH_OVER | 2 | 1,300 | 1,400 | 7 | 2.0 | 4.0 | 17.0 | 1.5 | 1 | 12 | 3 | 0 |");
    }
}
