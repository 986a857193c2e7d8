package dev.postrider.flow.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebhookRetryScheduleTest {
    private final WebhookRetrySchedule retries = new WebhookRetrySchedule(new SplittableRandom(1));

    @ParameterizedTest
    @CsvSource({
        "1, PT5S",
        "2, PT5M",
        "3, PT30M",
        "4, PT2H",
        "5, PT5H",
        "6, PT10H",
        "7, PT14H",
        "8, PT20H",
        "9, PT24H",
    })
    void eachWaitIsTheOneAdvisedAndUpToAFifthMore(int attempts, Duration wait) {
        assertThat(retries.after(attempts, Optional.empty()).orElseThrow())
                .isBetween(wait, wait.plus(wait.dividedBy(5)));
    }

    @Test
    void theTenthAttemptIsTheLast() {
        assertThat(retries.after(10, Optional.of(Duration.ofHours(1)))).isEmpty();
    }

    @Test
    void aLongerPauseIsGrantedUpToADay() {
        assertThat(retries.after(1, Optional.of(Duration.ofHours(3))))
                .contains(Duration.ofHours(3));
        assertThat(retries.after(1, Optional.of(Duration.ofDays(300))))
                .contains(Duration.ofDays(1));
        assertThat(retries.after(4, Optional.of(Duration.ofSeconds(1))).orElseThrow())
                .isGreaterThanOrEqualTo(Duration.ofHours(2));
    }
}
