package dev.postrider.lab.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the lab takes for the pause. */
final class PauseTest {
    private static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant END = BEGIN.plusSeconds(60);

    @Test
    void theLongestTimeBetweenTwoOfThemIsIt() {
        assertThat(pause(1, 2, 20, 21, 59)).isEqualTo(lasting(38, 59));
        assertThat(pause(1, 40, 20, 2, 59)).isEqualTo(lasting(20, 40));
    }

    @Test
    void itCountsFromTheFaultOnAndToTheEnd() {
        assertThat(pause(30, 31, 59)).isEqualTo(lasting(30, 30));
        assertThat(pause(1, 2, 3)).isEqualTo(lasting(57, 60));
        assertThat(pause()).isEqualTo(lasting(60, 60));
    }

    @Test
    void whatHappenedBeforeOrAfterwardsEndsNoPause() {
        assertThat(pause(-5, 30, 65)).isEqualTo(lasting(30, 30));
    }

    private static Pause pause(int... seconds) {
        return Pause.between(
                BEGIN, END, IntStream.of(seconds).mapToObj(BEGIN::plusSeconds).toList());
    }

    private static Pause lasting(int seconds, int end) {
        return new Pause(Duration.ofSeconds(seconds), BEGIN.plusSeconds(end));
    }

    @Test
    void itIsToldInSeconds() {
        assertThat(List.of(lasting(17, 20).text(), new Pause(Duration.ofMillis(240), END).text()))
                .containsExactly("17.0", "0.2");
    }
}
