package dev.postrider.flow.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.event.Limit;
import dev.postrider.flow.lease.MailboxRateLimit.Grant;
import dev.postrider.flow.store.lane.MinuteUsage;
import dev.postrider.transport.SendingLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MailboxRateLimitTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void withoutLimitsEverythingIsGranted() {
        var allowance = new MailboxRateLimit(limits(0, 0, 0), List.of());

        allowance.use(NOON, 100_000, 1_000_000);

        assertThat(allowance.grant(NOON, 100)).isEqualTo(new Grant.Some(100, Integer.MAX_VALUE));
    }

    @Test
    void aMinuteHasItsMessagesAndTheNextFollowsAMinuteAfterTheFirst() {
        var allowance = new MailboxRateLimit(limits(30, 0, 0), List.of());
        allowance.use(NOON, 10, 10);
        allowance.use(NOON.plusSeconds(20), 20, 20);

        assertThat(allowance.grant(NOON.plusSeconds(59), 100))
                .isEqualTo(new Grant.None(Duration.ofSeconds(1), 30, Limit.MESSAGES_PER_MINUTE));
        assertThat(allowance.grant(NOON.plusSeconds(60), 100))
                .isEqualTo(new Grant.Some(10, Integer.MAX_VALUE));
    }

    @Test
    void aDayIsTheLast24HoursByTheMinute() {
        var allowance = new MailboxRateLimit(limits(0, 500, 0), List.of());
        allowance.use(NOON.plusSeconds(30), 499, 499);
        assertThat(allowance.grant(NOON.plusSeconds(31), 100))
                .isEqualTo(new Grant.Some(1, Integer.MAX_VALUE));
        allowance.use(NOON.plusSeconds(90), 1, 1);

        assertThat(allowance.grant(NOON.plusSeconds(91), 1)).isInstanceOf(Grant.None.class);
        assertThat(allowance.grant(NOON.plus(Duration.ofHours(24)).plusSeconds(59), 1))
                .isEqualTo(new Grant.None(Duration.ofSeconds(1), 500, Limit.MESSAGES_PER_DAY));
        assertThat(allowance.grant(NOON.plus(Duration.ofHours(24)).plusSeconds(60), 500))
                .isEqualTo(new Grant.Some(499, Integer.MAX_VALUE));
    }

    @Test
    void whatEarlierLeasesSentCounts() {
        var before = List.of(new MinuteUsage(NOON.minusSeconds(60), 30, 60));
        var allowance = new MailboxRateLimit(limits(30, 100, 100), before);

        assertThat(allowance.grant(NOON, 10))
                .isEqualTo(new Grant.None(Duration.ofSeconds(60), 30, Limit.MESSAGES_PER_MINUTE));
        assertThat(allowance.grant(NOON.plusSeconds(60), 50)).isEqualTo(new Grant.Some(30, 40));
    }

    @Test
    void whatWasNotSentAfterAllIsGivenBack() {
        var allowance = new MailboxRateLimit(limits(10, 10, 20), List.of());
        allowance.use(NOON, 10, 20);

        allowance.giveBack(NOON, 4, 8);

        assertThat(allowance.grant(NOON, 10)).isEqualTo(new Grant.Some(4, 8));
    }

    @Test
    void recipientsHaveALimitOfTheirOwn() {
        var allowance = new MailboxRateLimit(limits(0, 0, 100), List.of());
        assertThat(allowance.isFresh()).isTrue();
        allowance.use(NOON, 1, 99);

        assertThat(allowance.grant(NOON, 5)).isEqualTo(new Grant.Some(5, 1));
        assertThat(allowance.isFresh()).isFalse();
        allowance.use(NOON, 1, 1);
        assertThat(allowance.grant(NOON, 5))
                .isEqualTo(
                        new Grant.None(
                                Duration.ofHours(24).plusMinutes(1),
                                100,
                                Limit.RECIPIENTS_PER_DAY));
    }

    private static SendingLimits limits(int perMinute, int perDay, int recipients) {
        return new SendingLimits(limit(perMinute), limit(perDay), limit(recipients), 3);
    }

    private static Optional<Integer> limit(int limit) {
        return limit == 0 ? Optional.empty() : Optional.of(limit);
    }
}
