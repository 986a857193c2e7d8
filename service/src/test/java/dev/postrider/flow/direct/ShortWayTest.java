package dev.postrider.flow.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.LaneKey;
import dev.postrider.flow.enqueue.Submitted;
import dev.postrider.flow.lease.Worker;
import dev.postrider.flow.store.QueuedEmails;
import dev.postrider.flow.store.enqueue.EnqueueEmails;
import dev.postrider.flow.store.enqueue.Enqueued;
import dev.postrider.flow.store.enqueue.NewEmail;
import dev.postrider.flow.store.enqueue.NewEmailRow;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.Answers;
import dev.postrider.rig.FlowRig;
import dev.postrider.rig.Lanes;
import dev.postrider.testkit.sink.Behaviour;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SunkMessage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An email that is kept as begun and handed over in memory, whatever comes in between. */
@ExtendWith(TestDatabase.class)
final class ShortWayTest {
    private final Database database;
    private final FlowRig rig;
    private final Lanes lanes;
    private final Answers server = new Answers();
    private final Sink sink;
    private final LaneKey lane;

    ShortWayTest(Database database) {
        this.database = database;
        this.rig = new FlowRig(database);
        this.lanes = rig.lanes();
        this.sink = rig.sink(server);
        this.lane = lanes.smtp(sink.port());
    }

    @AfterEach
    void close() throws InterruptedException {
        rig.close();
        sink.close();
    }

    @Test
    void whileItsLaneIsServedAnEmailIsKeptAsBegun() throws Exception {
        rig.send(lane);
        var email = awaited();
        var seenByTheServer = new AtomicReference<String>();
        server.become(
                new Behaviour() {
                    @Override
                    public String message(SunkMessage message) {
                        seenByTheServer.set(lanes.state(email.key()));
                        return Behaviour.super.message(message);
                    }
                });

        assertThat(sent(email)).isInstanceOf(Submitted.Begun.class);

        assertThat(seenByTheServer).as("committed before its end").hasValue("sending");
        assertThat(lanes.state(email.key())).isEqualTo("sent");
        assertThat(lanes.attempts(email.key())).containsExactly("1 accepted");
        assertThat(lanes.recipients(email.key())).containsExactly("accepted");
        assertThat(counted()).isEqualTo("2");
        assertThat(sink.messages()).isEqualTo(2);
        assertThat(sink.connections()).isEqualTo(1);
    }

    @Test
    void whereNobodyServesItsLaneItWaitsForItsTurn() throws Exception {
        var email = awaited();

        assertThat(sent(email)).isInstanceOf(Submitted.Kept.class);

        assertThat(lanes.state(email.key())).isEqualTo("sent");
    }

    @Test
    void aMailboxThatHasChangedIsLoadedAnewFirst() throws Exception {
        rig.send(lane);
        var seen = lanes.changedAt(lane);
        lanes.run("update mailbox set updated_at = now() where id = ?", lane.mailboxId());
        var email = awaited();
        var became = new AtomicReference<Submitted>();

        rig.settledAfter(email.key(), () -> became.set(rig.keepDirectly(email, seen)));

        assertThat(became.get()).isInstanceOf(Submitted.Kept.class);
        assertThat(lanes.state(email.key())).isEqualTo("sent");
    }

    @Test
    void underALeaseThatAnotherNodeHasNothingIsBegun() throws Exception {
        rig.send(lane);
        lanes.run("update lane set epoch = epoch + 1 where mailbox_id = ?", lane.mailboxId());
        var email = awaited();

        assertThat(keep(email)).isInstanceOf(Submitted.Kept.class);

        assertThat(lanes.state(email.key())).isEqualTo("queued");
    }

    @Test
    void aLimitHoldsForThisWayToo() throws Exception {
        lanes.run("update mailbox set messages_per_minute = 2 where id = ?", lane.mailboxId());
        rig.send(lane);

        assertThat(sent(awaited())).isInstanceOf(Submitted.Begun.class);
        var third = awaited();
        assertThat(keep(third)).isInstanceOf(Submitted.Kept.class);

        lanes.awaitRest(lane);
        assertThat(lanes.state(third.key())).isEqualTo("queued");
        assertThat(sink.messages()).isEqualTo(2);
    }

    @Test
    void othersThatAreDueComeFirst() throws Exception {
        var go = new CountDownLatch(1);
        server.become(
                new Behaviour() {
                    @Override
                    public String message(SunkMessage message) {
                        Answers.await(go);
                        return Behaviour.super.message(message);
                    }
                });
        lanes.run("update mailbox set connections = 1 where id = ?", lane.mailboxId());
        rig.flood(lane, 20);
        Awaitility.await()
                .atMost(FlowRig.PATIENCE)
                .until(() -> rig.served().isServed(lane) && !sending().isEmpty());

        assertThat(keep(awaited())).isInstanceOf(Submitted.Kept.class);

        go.countDown();
        rig.awaitState(lane, "sent", 21);
    }

    @Test
    void whatALostCommitHasBegunIsFoundAndTriedLater() throws Exception {
        rig.send(lane);
        var email = awaited();
        var admission = admission();
        insert(email, admission);

        rig.settledAfter(email.key(), admission::lost);

        assertThat(lanes.state(email.key())).isEqualTo("queued");
        assertThat(lanes.attempts(email.key())).containsExactly("1 unreachable");
        assertThat(sink.messages()).isEqualTo(1);
    }

    @Test
    void aSecondTryOfItsCommitFindsItBegunAndCountsItOnce() throws Exception {
        rig.send(lane);
        var email = awaited();
        var admission = admission();

        var first = insert(email, admission);
        var second = insert(email, admission);

        assertThat(first.isBegun(List.of(email))).isTrue();
        assertThat(second.isBegun(List.of(email))).isTrue();
        assertThat(second.hasLanesOf(List.of(email))).isTrue();
        assertThat(counted()).isEqualTo("2");
        admission.lost();
    }

    @Test
    void aRoundThatEndsInBetweenLeavesItToTheNext() throws Exception {
        rig.send(lane);
        var email = awaited();
        var admission = admission();
        insert(email, admission);
        var begun = new QueuedEmails(database).begun(admission.begin().lease()).getFirst().email();
        var closing = Thread.ofVirtual().start(this::closeWorker);
        Awaitility.await().atMost(FlowRig.PATIENCE).until(() -> !rig.served().isServed(lane));

        admission.send(begun);

        closing.join();
        assertThat(lanes.state(email.key())).isEqualTo("queued");
        assertThat(lanes.attempts(email.key())).isEmpty();
        assertThat(counted()).isEqualTo("1");
        var second = new AtomicReference<Worker>();
        rig.settledAfter(email.key(), () -> second.set(rig.start("second")));
        second.get().close();
        assertThat(lanes.attempts(email.key())).containsExactly("1 accepted");
        assertThat(sink.messages()).isEqualTo(2);
    }

    @Test
    void whatACrashLeavesBegunIsUnknown() throws Exception {
        rig.send(lane);
        var email = awaited();
        var admission = admission();
        insert(email, admission);

        lanes.endLease(lane);
        try (var other = rig.start("second")) {
            Awaitility.await()
                    .atMost(FlowRig.PATIENCE)
                    .until(() -> lanes.attempts(email.key()).equals(List.of("1 unknown")));
            assertThat(other).isNotNull();
            admission.cancel();
        }
    }

    @Test
    void manyAtOnceAreSentOnceEach() throws Exception {
        rig.send(lane);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var all =
                    IntStream.range(0, 200)
                            .mapToObj(_ -> callers.submit(() -> sent(awaited())))
                            .toList();
            for (var one : all) {
                one.get();
            }
        }

        rig.awaitState(lane, "sent", 201);
        assertThat(sink.messages()).isEqualTo(201);
        assertThat(counted()).isEqualTo("201");
    }

    private void closeWorker() {
        try {
            rig.worker().close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private NewEmail awaited() {
        return lanes.email(lanes.newKey(), lane, true);
    }

    private Submitted keep(NewEmail email) {
        return rig.keepDirectly(email, lanes.changedAt(lane));
    }

    private Submitted sent(NewEmail email) throws InterruptedException {
        var became = new AtomicReference<Submitted>();
        rig.settledAfter(email.key(), () -> became.set(keep(email)));
        return became.get();
    }

    private Admission admission() {
        return rig.served().admit(lane, lanes.changedAt(lane), 1).orElseThrow();
    }

    private Enqueued insert(NewEmail email, Admission admission) {
        var row = new NewEmailRow(email, Optional.of(admission.begin()), Optional.empty());
        return database.inTransaction(handle -> EnqueueEmails.insert(handle, List.of(row)));
    }

    private List<String> sending() {
        return lanes.texts("select id from email where state = 'sending'");
    }

    private String counted() {
        return lanes.texts(
                        "select coalesce(sum(messages), 0) from mailbox_use where mailbox_id = ?",
                        lane.mailboxId())
                .getFirst();
    }
}
