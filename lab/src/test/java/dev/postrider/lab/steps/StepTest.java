package dev.postrider.lab.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.lab.crash.Email;
import dev.postrider.lab.crash.Received.Copy;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the lab takes for the right end of an email whose program was killed. */
final class StepTest {
    private static final Instant END = Instant.parse("2026-11-22T12:00:00Z");
    private static final Copy COPY = new Copy("same", END.minusMillis(5));

    @Test
    void whatWasNotKeptIsNowhere() {
        assertThat(Step.ADMITTED.expected(false).is(null)).isTrue();
        assertThat(Step.ADMITTED.expected(false).is(email("sent", false, COPY))).isFalse();
    }

    @Test
    void whatWasBegunIsUnknownAndSentAgain() {
        assertThat(Step.KEPT.expected(false).is(email("sent", true, COPY))).isTrue();
        assertThat(Step.KEPT.expected(false).is(email("sent", false, COPY))).isFalse();
        assertThat(Step.KEPT.expected(false).is(email("sent", true, COPY, COPY))).isFalse();
        assertThat(Step.KEPT.expected(false).is(email("unknown", true))).isFalse();
        assertThat(Step.KEPT.expected(false).is(null)).isFalse();
    }

    @Test
    void whatTheServerHadTakenIsThereTwice() {
        assertThat(Step.TAKEN.expected(false).is(email("sent", true, COPY, COPY))).isTrue();
        assertThat(Step.TAKEN.expected(false).is(email("sent", false, COPY, COPY))).isFalse();
        assertThat(Step.TAKEN.expected(false).is(email("sent", true, COPY))).isFalse();
    }

    @Test
    void whatWasSettledIsNotDoubted() {
        assertThat(Step.SETTLED.expected(false).is(email("sent", false, COPY))).isTrue();
        assertThat(Step.SETTLED.expected(false).is(email("sent", true, COPY))).isFalse();
    }

    private static Email email(String state, boolean wasUnknown, Copy... copies) {
        return new Email(
                "id", "subject", "m@x", state, END, false, false, wasUnknown, List.of(copies));
    }
}
