package dev.postrider.flow.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryScheduleTest {
    private static final Duration SHORTEST = Duration.ofSeconds(5);

    private final Random random = new Random(20261122);

    @ParameterizedTest
    @CsvSource({
        "0, PT1M",
        "1, PT1M",
        "2, PT2M",
        "3, PT4M",
        "8, PT2H8M",
        "9, PT4H",
        "31, PT4H",
        "2147483647, PT4H"
    })
    void theLongestWaitDoublesUpToFourHours(int attempts, Duration ceiling) {
        var waits =
                IntStream.range(0, 2_000)
                        .mapToObj(_ -> RetrySchedule.STANDARD.after(attempts, random))
                        .toList();

        assertThat(waits)
                .allMatch(wait -> wait.compareTo(SHORTEST) >= 0 && wait.compareTo(ceiling) <= 0);
        assertThat(waits)
                .anyMatch(wait -> wait.compareTo(ceiling.multipliedBy(9).dividedBy(10)) > 0);
        assertThat(waits)
                .anyMatch(wait -> wait.compareTo(ceiling.dividedBy(10).plus(SHORTEST)) < 0);
    }

    @Test
    void theSameSeedDrawsTheSameWaits() {
        assertThat(RetrySchedule.STANDARD.after(7, new Random(1)))
                .isEqualTo(RetrySchedule.STANDARD.after(7, new Random(1)))
                .isNotEqualTo(RetrySchedule.STANDARD.after(7, new Random(2)));
    }

    @Test
    void aLongScheduleDoesNotOverflow() {
        var year = Duration.ofDays(365);

        assertThat(new RetrySchedule(year, year).after(Integer.MAX_VALUE, random))
                .isBetween(SHORTEST, year);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT1H", "PT-1S, PT1H", "PT2H, PT1H", "PT1H, P366D"})
    void whatIsNoScheduleIsRefused(Duration first, Duration longest) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RetrySchedule(first, longest));
    }
}
