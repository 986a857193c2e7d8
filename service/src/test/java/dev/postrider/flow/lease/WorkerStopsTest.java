package dev.postrider.flow.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Answers;
import dev.postrider.rig.FlowRig;
import dev.postrider.rig.Lanes;
import dev.postrider.testkit.sink.Sink;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of the lanes of a worker that stops, or whose settling fails. */
@ExtendWith(TestDatabase.class)
final class WorkerStopsTest {
    private final FlowRig rig;
    private final Lanes lanes;
    private final Answers server = new Answers();
    private final Sink sink;

    WorkerStopsTest(Database database) {
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
    void stoppingLetsWhatIsBegunEndAndGivesTheLaneBack() throws Exception {
        var stall = server.stall();
        var lane = lanes.smtp(sink.port());
        var email = lanes.queue(lane);
        stall.awaitMessage();

        var closing = Thread.ofVirtual().start(this::closeWorker);
        stall.close();
        closing.join();

        assertThat(lanes.state(email)).isEqualTo("sent");
        assertThat(lanes.lane(lane)).containsEntry("leased_by", null);
    }

    @Test
    void stoppingCutsAServerThatStallsAndWritesDownWhatItKnows() throws Exception {
        var stall = server.stall();
        var lane = lanes.smtp(sink.port());
        var email = lanes.queue(lane);
        stall.awaitMessage();

        try {
            rig.worker().stop(Duration.ZERO);
        } finally {
            stall.close();
        }

        assertThat(lanes.attempts(email)).containsExactly("1 unknown");
        assertThat(lanes.lane(lane)).containsEntry("leased_by", null);
    }

    @Test
    void aLaneWhoseSettlingFailsIsTakenOverAndWhatItBeganIsUnknown() throws Exception {
        lanes.run("alter table attempt add constraint broken check (server is null)");
        var lane = lanes.smtp(sink.port());
        var email = lanes.queue(lane);
        rig.awaitArrivals(1);
        rig.worker().close();
        assertThat(lanes.state(email)).isEqualTo("sending");
        assertThat(lanes.lane(lane)).containsEntry("leased_by", "first");

        lanes.run("alter table attempt drop constraint broken");
        rig.settledAfter(
                email,
                () -> {
                    lanes.endLease(lane);
                    rig.replaceWorker("second");
                });

        assertThat(lanes.row(email)).containsEntry("state", "queued").containsEntry("resends", 1);
        assertThat(lanes.attempts(email)).containsExactly("1 unknown");
    }

    @Test
    void twoNodesShareTheMailboxesAndOneThatStopsLeavesThemToTheOther() throws Exception {
        try (var second = rig.start("second")) {
            var all = IntStream.range(0, 40).mapToObj(_ -> lanes.smtp(sink.port())).toList();
            for (var lane : all) {
                lanes.queue(lane);
            }
            rig.awaitArrivals(40);

            rig.worker().close();
            for (var lane : all) {
                lanes.queue(lane);
            }
            rig.awaitArrivals(40);
            assertThat(second).isNotNull();
        }
        assertThat(lanes.texts("select distinct node from attempt order by node"))
                .contains("second");
    }

    private void closeWorker() {
        try {
            rig.worker().close();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
