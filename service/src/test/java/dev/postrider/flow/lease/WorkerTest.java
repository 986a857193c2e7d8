package dev.postrider.flow.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailbox.HoldReason;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Answers;
import dev.postrider.rig.FlowRig;
import dev.postrider.rig.Lanes;
import dev.postrider.rig.OnAnOwnDatabaseToo;
import dev.postrider.testkit.sink.Behaviour;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import dev.postrider.testkit.sink.SunkMessage;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The worker's machine, from a queued email to the server and back. */
@OnAnOwnDatabaseToo
@ExtendWith(TestDatabase.class)
final class WorkerTest {
    private final FlowRig rig;
    private final Lanes lanes;
    private final Answers server = new Answers();
    private final Sink sink;

    WorkerTest(Database database) {
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
    void emailsOfAMailboxShareAConnection() throws Exception {
        var lane = lanes.smtp(sink.port());

        for (var i = 0; i < 3; i++) {
            assertThat(lanes.state(rig.send(lane))).isEqualTo("sent");
        }

        assertThat(sink.messages()).isEqualTo(3);
        assertThat(sink.connections()).isEqualTo(1);
    }

    @Test
    void aConnectionThatDiedUnnoticedIsReplacedWithoutAFailure() throws Exception {
        var lane = lanes.smtp(sink.port());
        rig.send(lane);
        sink.cutConnections();

        var email = rig.send(lane);

        assertThat(lanes.state(email)).isEqualTo("sent");
        assertThat(lanes.attempts(email)).containsExactly("1 accepted");
        assertThat(sink.connections()).isEqualTo(2);
    }

    @Test
    void aMailboxWithMuchMailIsSentOverSeveralConnectionsAtOnce() throws Exception {
        var allAtWork = new CountDownLatch(3);
        server.become(
                new Behaviour() {
                    @Override
                    public String message(SunkMessage message) {
                        allAtWork.countDown();
                        Answers.await(allAtWork);
                        return Behaviour.super.message(message);
                    }
                });
        var lane = lanes.smtp(sink.port());
        lanes.run("update mailbox set connections = 3 where id = ?", lane.mailboxId());

        var emails = lanes.queueMany(lane, 100);

        Answers.await(allAtWork);
        rig.awaitArrivals(emails);
        assertThat(sink.connections()).isEqualTo(3);
    }

    @Test
    void aLargeMessageArrivesAsItWasComposed() throws Exception {
        var lane = lanes.smtp(sink.port());
        var content = lanes.largeContent(3_000_000);

        var key = rig.send(lanes.email(lanes.newKey(), lane, content));

        assertThat(lanes.state(key)).isEqualTo("sent");
        assertThat(rig.arrived().remove().content()).isEqualTo(content);
    }

    @Test
    void anEmailIsSentWhenItsTimeHasCome() throws Exception {
        var lane = lanes.smtp(sink.port());
        var due = Instant.now().plusSeconds(2);

        var key = rig.send(lanes.email(lanes.newKey(), lane, due));

        assertThat(lanes.state(key)).isEqualTo("sent");
        assertThat(
                        lanes.one(
                                "select 1 from email where id = ? and finished_at >= scheduled_at",
                                key.id()))
                .isPresent();
    }

    @Test
    void aConnectionCutAfterTheEndOfDataIsResentOnceWithTheSameBytes() throws Exception {
        server.hangUp();
        var lane = lanes.smtp(sink.port());
        var email = rig.send(lane);
        assertThat(lanes.row(email)).containsEntry("state", "queued").containsEntry("resends", 1);

        server.becomeWilling();
        rig.settledAfter(email, () -> lanes.makeDue(email));

        assertThat(lanes.state(email)).isEqualTo("sent");
        assertThat(lanes.attempts(email)).containsExactly("1 unknown", "2 accepted");
        assertThat(rig.arrived()).hasSize(2);
        assertThat(rig.arrived().remove().content()).isEqualTo(rig.arrived().remove().content());
    }

    @Test
    void anAddressThatCannotBeWrittenRefusesItsEmailAlone() throws Exception {
        var lane = lanes.smtp(sink.port());

        var bad = rig.send(lane, "bob example@example.org");

        assertThat(lanes.state(bad)).isEqualTo("refused");
        assertThat(lanes.attempts(bad)).containsExactly("1 refused");
        assertThat(lanes.state(rig.send(lane))).isEqualTo("sent");
    }

    @Test
    void aRefusedLoginHoldsTheMailboxAndItsMailGoesOnAfterTheRelease() throws Exception {
        server.refuse("530 5.7.0 Authentication Required");
        var lane = lanes.smtp(sink.port());
        var email = rig.send(lane);
        assertThat(lanes.state(email)).isEqualTo("queued");
        assertThat(rig.mailbox(lane)).containsEntry("state", "held");

        server.becomeWilling();
        rig.settledAfter(
                email,
                () ->
                        assertThat(rig.mailboxes().release(lane.workspaceId(), lane.mailboxId()))
                                .isTrue());

        assertThat(lanes.state(email)).isEqualTo("sent");
        assertThat(lanes.attempts(email)).containsExactly("1 login_refused", "2 accepted");
    }

    @Test
    void whoWaitsForAMailboxThatIsHeldMeanwhileIsToldAtOnce() throws Exception {
        var lane = lanes.smtp(sink.port());
        rig.mailboxes().hold(lane.workspaceId(), lane.mailboxId(), HoldReason.loginRefused("535"));

        var awaited = rig.sendAwaited(lane);

        assertThat(lanes.one("select 1 from email where id = ?", awaited.id())).isEmpty();
        assertThat(sink.connections()).isZero();
    }

    @Test
    void aServerThatStallsInOneMailboxDelaysNoOther() throws Exception {
        var stall = server.stall();
        var slow = lanes.smtp(sink.port());
        var stuck = lanes.queue(slow);
        stall.awaitMessage();
        try (var willing = Sink.start(SinkOptions.standard())) {
            var email = rig.send(lanes.smtp(willing.port()));

            assertThat(lanes.state(email)).isEqualTo("sent");
            assertThat(lanes.state(stuck)).isEqualTo("sending");
        } finally {
            stall.close();
        }
    }

    @Test
    void aMailboxWithTenThousandWaitingAtAStalledServerDelaysNoOther() throws Exception {
        var stall = server.stall();
        var flooded = lanes.smtp(sink.port());
        lanes.queueMany(flooded, 10_000);
        stall.awaitMessage();
        try (var willing = Sink.start(SinkOptions.standard())) {
            assertThat(lanes.state(rig.send(lanes.smtp(willing.port())))).isEqualTo("sent");
        } finally {
            stall.close();
        }
    }
}
