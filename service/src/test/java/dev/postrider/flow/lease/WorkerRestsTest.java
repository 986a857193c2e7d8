package dev.postrider.flow.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Answers;
import dev.postrider.rig.FlowRig;
import dev.postrider.rig.Lanes;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.wire.FreePort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A mailbox at a limit, or whose server is away, rests as a whole (back-off). */
@ExtendWith(TestDatabase.class)
final class WorkerRestsTest {
    private final FlowRig rig;
    private final Lanes lanes;
    private final Answers server = new Answers();
    private final Sink sink;

    WorkerRestsTest(Database database) {
        this.rig = new FlowRig(database);
        this.lanes = rig.lanes();
        this.sink = rig.sink(server);
    }

    @AfterEach
    void close() throws InterruptedException {
        rig.close();
        sink.close();
    }

    @Test
    void aLimitOfTheProviderRestsTheWholeLane() throws Exception {
        server.refuse("550 5.4.5 Daily user sending limit exceeded");
        var lane = lanes.smtp(sink.port());

        var email = rig.send(lane);

        assertThat(lanes.state(email)).isEqualTo("queued");
        assertThat(lanes.attempts(email)).containsExactly("1 throttled");
        rig.worker().close();
        assertThat(
                        lanes.one(
                                """
                                select 1
                                from lane
                                where mailbox_id = ?
                                  and rests_until > now() + interval '50 minutes'
                                  and leased_by is null
                                """,
                                lane.mailboxId()))
                .isPresent();
    }

    @Test
    void aMailboxRestsAtItsOwnLimitWhicheverNodeServesIt() throws Exception {
        var lane = lanes.smtp(sink.port());
        lanes.run("update mailbox set messages_per_day = 2 where id = ?", lane.mailboxId());
        assertThat(lanes.state(rig.send(lane))).isEqualTo("sent");
        rig.replaceWorker("second");
        assertThat(lanes.state(rig.send(lane))).isEqualTo("sent");

        var third = lanes.queue(lane);
        rig.replaceWorker("third");
        lanes.awaitRest(lane);

        assertThat(lanes.state(third)).isEqualTo("queued");
        assertThat(lanes.attempts(third)).isEmpty();
        assertThat(
                        lanes.one(
                                """
                                select 1
                                from lane
                                where mailbox_id = ?
                                  and rests_until > now() + interval '23 hours'
                                """,
                                lane.mailboxId()))
                .isPresent();
        assertThat(sink.messages()).isEqualTo(2);
    }

    @Test
    void whatTheServerDidNotTakeUsesNoneOfTheDaysMessages() throws Exception {
        server.refuse("450 4.2.1 Later");
        var lane = lanes.smtp(sink.port());
        lanes.run("update mailbox set messages_per_day = 1 where id = ?", lane.mailboxId());
        rig.send(lane);

        server.becomeWilling();

        assertThat(lanes.state(rig.send(lane))).isEqualTo("sent");
    }

    @Test
    void aServerThatIsAwayRestsTheMailboxEachTimeLonger() throws Exception {
        var nowhere = lanes.smtp(FreePort.find());

        var email = rig.send(nowhere);
        lanes.awaitRest(nowhere);
        rig.settledAfter(email, () -> lanes.again(nowhere, email));
        lanes.awaitRest(nowhere);

        assertThat(lanes.lane(nowhere)).containsEntry("failures", 2);
        assertThat(lanes.attempts(email)).containsExactly("1 unreachable", "2 unreachable");
        assertThat(lanes.row(email)).containsEntry("resends", 0);
    }
}
