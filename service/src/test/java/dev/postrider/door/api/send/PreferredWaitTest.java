package dev.postrider.door.api.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PreferredWaitTest {
    private static final Duration STANDARD = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=0                    | PT0S",
                "wait=7                    | PT7S",
                "WAIT = 7                  | PT7S",
                "wait=\"7\"                | PT7S",
                "respond-async, wait=7     | PT7S",
                "respond-async;wait=7, x=y | PT7S",
                "wait=7, wait=9            | PT7S",
                "wait=300                  | PT5M",
                "wait=301                  | PT5M",
                "wait=999999999            | PT5M"
            })
    void theCallerSaysHowLong(String prefer, Duration wait) {
        assertThat(PreferredWait.in(prefer)).isEqualTo(wait);
    }

    @Test
    void nothingSaidIsHalfAMinute() {
        assertThat(PreferredWait.in(null)).isEqualTo(STANDARD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wait",
                "wait=",
                "wait=-1",
                "wait=soon",
                "wait=1.5",
                "await=3",
                "wait=9999999999"
            })
    void whatCannotBeUnderstoodIsIgnored(String prefer) {
        assertThat(PreferredWait.in(prefer)).isEqualTo(STANDARD);
    }
}
