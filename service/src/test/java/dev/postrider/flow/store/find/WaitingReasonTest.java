package dev.postrider.flow.store.find;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.EmailState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An email that waits says what for. */
final class WaitingReasonTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofMinutes(10));
    private static final String REPLY = "451 4.3.0 try later";
    private static final WaitingReason.Queue RUNNING =
            new WaitingReason.Queue(Optional.empty(), Optional.empty(), false, Optional.empty());
    private static final WaitingReason.Queue HELD =
            new WaitingReason.Queue(
                    Optional.of("Its mailbox is held: bad password"),
                    Optional.empty(),
                    false,
                    Optional.empty());

    @Test
    void aScheduledOneWaitsForItsTime() {
        assertThat(waiting(EmailState.SCHEDULED, LATER, "", RUNNING))
                .isEqualTo(said(WaitingReason.For.TIME, LATER, "Its sender has chosen the time."));
        assertThat(waiting(EmailState.SCHEDULED, LATER, "", HELD).what())
                .isEqualTo(WaitingReason.For.TIME);
    }

    @Test
    void whatIsDueWaitsForItsTurn() {
        assertThat(waiting(EmailState.QUEUED, NOW, "", RUNNING).what())
                .isEqualTo(WaitingReason.For.TURN);
        assertThat(waiting(EmailState.SCHEDULED, NOW, "", RUNNING).what())
                .isEqualTo(WaitingReason.For.TURN);
    }

    @Test
    void aMailboxThatDoesNotSendSaysWhy() {
        assertThat(waiting(EmailState.QUEUED, NOW, "", HELD))
                .isEqualTo(
                        said(WaitingReason.For.MAILBOX, null, "Its mailbox is held: bad password"));
        assertThat(waiting(EmailState.QUEUED, LATER, REPLY, HELD).what())
                .isEqualTo(WaitingReason.For.MAILBOX);
    }

    @Test
    void aLimitSaysUntilWhen() {
        var resting =
                new WaitingReason.Queue(
                        Optional.empty(), Optional.of(LATER), false, Optional.empty());
        assertThat(waiting(EmailState.QUEUED, NOW, "", resting))
                .isEqualTo(
                        said(
                                WaitingReason.For.LIMIT,
                                LATER,
                                "A limit of its mailbox, or of the provider, is reached."));
        assertThat(waiting(EmailState.QUEUED, LATER.plusMillis(40), REPLY, resting).what())
                .as("a limit that the server told of, by another clock")
                .isEqualTo(WaitingReason.For.LIMIT);
    }

    @Test
    void aServerThatIsAwaySaysWhatHappened() {
        var resting =
                new WaitingReason.Queue(
                        Optional.empty(), Optional.of(LATER), true, Optional.empty());
        assertThat(waiting(EmailState.QUEUED, NOW, "No route to host.", resting))
                .isEqualTo(said(WaitingReason.For.SERVER, LATER, "No route to host."));
        assertThat(waiting(EmailState.QUEUED, NOW, "", resting).detail())
                .isEqualTo("Its server can't be reached.");
    }

    @Test
    void aRetryLaterThanTheQueueWaitsForItsOwnTime() {
        var resting =
                new WaitingReason.Queue(
                        Optional.empty(), Optional.of(NOW.plusSeconds(20)), true, Optional.empty());
        assertThat(waiting(EmailState.QUEUED, LATER, REPLY, resting))
                .isEqualTo(said(WaitingReason.For.RETRY, LATER, REPLY));
    }

    @ParameterizedTest
    @EnumSource(
            value = EmailState.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SCHEDULED", "QUEUED"})
    void noOtherStateWaits(EmailState state) {
        assertThat(WaitingReason.of(state, Optional.of(LATER), REPLY, HELD, NOW)).isEmpty();
    }

    private static WaitingReason waiting(
            EmailState state, Instant due, String reason, WaitingReason.Queue queue) {
        return WaitingReason.of(state, Optional.of(due), reason, queue, NOW).orElseThrow();
    }

    private static WaitingReason said(
            WaitingReason.For what, @Nullable Instant until, String detail) {
        return new WaitingReason(what, Optional.ofNullable(until), detail);
    }
}
