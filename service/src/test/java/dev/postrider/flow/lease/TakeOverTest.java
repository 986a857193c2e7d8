package dev.postrider.flow.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.LaneKey;
import dev.postrider.email.Lease;
import dev.postrider.email.Outcome;
import dev.postrider.email.ServerReply;
import dev.postrider.flow.store.TakenBatch;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Lanes;
import dev.postrider.rig.OnAnOwnDatabaseToo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a node finds that takes a lane over: nothing is sent twice, and nothing is lost. */
@OnAnOwnDatabaseToo
@ExtendWith(TestDatabase.class)
final class TakeOverTest {
    private static final ServerReply OK = new ServerReply(250, Optional.of("2.0.0"), "Ok");
    private static final Outcome ACCEPTED = new Outcome.Accepted(OK, List.of());

    private final Lanes lanes;
    private final LaneKey lane;
    private final OneLane hand;

    TakeOverTest(Database database) {
        this.hand = new OneLane(database);
        this.lanes = hand.lanes();
        this.lane = hand.lane();
    }

    @AfterEach
    void close() throws InterruptedException {
        hand.close();
    }

    @Test
    void settlingUnderAnOldEpochChangesNothing() {
        var email = lanes.queue(lane);
        var old = hand.lease();
        var attempt = OneLane.begun(old, hand.begin(old).getFirst(), ACCEPTED);
        lanes.endLease(lane);
        var holder = hand.lease();

        hand.settle(old, List.of(attempt));

        assertThat(lanes.state(email)).isEqualTo("sending");
        assertThat(lanes.attempts(email)).isEmpty();
        assertThat(lanes.recipients(email)).containsExactly("open");
        assertThat(hand.emails().begun(holder)).hasSize(1);
    }

    @Test
    void whatACrashLeftBegunIsResentOnceAndThenUnknown() {
        var email = lanes.queue(lane);
        hand.begin(hand.lease());
        lanes.endLease(lane);

        settleBegunBefore(hand.lease());

        assertThat(lanes.row(email))
                .containsEntry("state", "queued")
                .containsEntry("resends", 1)
                .containsEntry("attempts", 1);
        assertThat(lanes.attempts(email)).containsExactly("1 unknown");

        lanes.makeDue(email);
        lanes.endLease(lane);
        hand.begin(hand.lease());
        lanes.endLease(lane);
        settleBegunBefore(hand.lease());

        assertThat(lanes.row(email))
                .containsEntry("state", "unknown")
                .containsEntry("resends", 1)
                .containsEntry("attempts", 2);
        assertThat(lanes.attempts(email)).containsExactly("1 unknown", "2 unknown");
        assertThat(lanes.recipients(email)).containsExactly("unknown");
    }

    @Test
    void whatACrashLeftBegunIsOnlyReportedWhereTheSenderWantsThat() {
        var email = lanes.queueReported(lane);
        hand.begin(hand.lease());
        lanes.endLease(lane);

        settleBegunBefore(hand.lease());

        assertThat(lanes.state(email)).isEqualTo("unknown");
        assertThat(lanes.attempts(email)).containsExactly("1 unknown");
    }

    @Test
    void whatACrashLeftQueuedIsSentAsIfNothingHadBeen() {
        var email = lanes.queue(lane);
        hand.lease();
        lanes.endLease(lane);
        var holder = hand.lease();

        assertThat(hand.emails().begun(holder)).isEmpty();
        hand.settle(
                holder, List.of(OneLane.begun(holder, hand.begin(holder).getFirst(), ACCEPTED)));

        assertThat(lanes.attempts(email)).containsExactly("1 accepted");
    }

    @Test
    void nothingBeginsUnderAnOldEpochOrAfterTheEndOfTheLease() {
        var email = lanes.queue(lane);
        var old = hand.lease();
        lanes.endLease(lane);

        assertThat(hand.take(old, 9)).isEqualTo(new TakenBatch.LeaseEnded());
        hand.lease();
        assertThat(hand.take(old, 9)).isEqualTo(new TakenBatch.LeaseEnded());
        assertThat(lanes.row(email)).containsEntry("state", "queued").containsEntry("attempts", 0);
    }

    private void settleBegunBefore(Lease lease) {
        hand.settle(
                lease,
                hand.emails().begun(lease).stream()
                        .map(each ->
                                OneLane.attempt(
                                        each.email(),
                                        each.epoch(),
                                        true,
                                        new Outcome.Unknown("A crash.")))
                        .toList());
    }
}
