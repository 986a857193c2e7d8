package dev.postrider.flow.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.EmailKey;
import dev.postrider.email.LaneKey;
import dev.postrider.email.Node;
import dev.postrider.email.OnUnknown;
import dev.postrider.flow.enqueue.Enqueue;
import dev.postrider.flow.settle.RetrySchedule;
import dev.postrider.flow.settle.Settle;
import dev.postrider.flow.store.CancelQueuedMail;
import dev.postrider.mailbox.MailboxQuota;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.outbound.AllowedBlocks;
import dev.postrider.outbound.OutboundGuard;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.postgres.Wakeups;
import dev.postrider.testkit.sink.Behaviour;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import dev.postrider.testkit.sink.SunkMessage;
import dev.postrider.transport.TestKinds;
import dev.postrider.vault.TestVault;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The worker's machine, from a queued email to the server and back. */
@ExtendWith(TestDatabase.class)
final class WorkerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Database database;
    private final Wakeups wakeups = new Wakeups();
    private final Lanes lanes;
    private final Mailboxes mailboxes;
    private final LinkedBlockingQueue<SunkMessage> arrived = new LinkedBlockingQueue<>();
    private Worker worker;

    /** What the server answers; changed by the test, read by the server's threads. */
    private volatile Behaviour behaviour = Behaviour.WILLING;

    private final Sink sink =
            Sink.start(SinkOptions.standard().behaving(changing()).recording(arrived::add));

    WorkerTest(Database database) {
        database.inTransaction(handle ->
                handle.execute(
                        """
                        truncate workspace, email, email_content, recipient, attempt, data_key
                        cascade
                        """));
        this.database = database;
        this.lanes = new Lanes(database, wakeups);
        this.mailboxes =
                new Mailboxes(
                        database,
                        TestVault.of(database),
                        TestKinds.of(database, guard()),
                        MailboxQuota.STANDARD,
                        new CancelQueuedMail());
        this.worker = start("first");
    }

    @AfterEach
    void close() throws InterruptedException {
        lanes.close();
        worker.close();
        sink.close();
    }

    @Test
    void emailsOfAMailboxShareAConnection() throws Exception {
        var lane = lanes.smtp(sink.port());

        for (var i = 0; i < 3; i++) {
            assertThat(lanes.state(send(lane))).isEqualTo("sent");
        }

        assertThat(sink.messages()).isEqualTo(3);
        assertThat(sink.connections()).isEqualTo(1);
    }

    @Test
    void aConnectionThatDiedUnnoticedIsReplacedWithoutAFailure() throws Exception {
        var lane = lanes.smtp(sink.port());
        send(lane);
        sink.cutConnections();

        var email = send(lane);

        assertThat(lanes.state(email)).isEqualTo("sent");
        assertThat(lanes.attempts(email)).containsExactly("1 accepted");
        assertThat(sink.connections()).isEqualTo(2);
    }

    @Test
    void aRefusedLoginHoldsTheMailboxAndItsMailGoesOnAfterTheRelease() throws Exception {
        behaviour = refusing("530 5.7.0 Authentication Required");
        var lane = lanes.smtp(sink.port());
        var email = send(lane);
        assertThat(lanes.state(email)).isEqualTo("queued");
        assertThat(mailbox(lane)).containsEntry("state", "held");

        behaviour = Behaviour.WILLING;
        try (var settlement = wakeups.listen(email.id())) {
            assertThat(mailboxes.release(lane.workspaceId(), lane.mailboxId())).isTrue();
            settlement.await(PATIENCE);
        }

        assertThat(lanes.state(email)).isEqualTo("sent");
        assertThat(lanes.attempts(email)).containsExactly("1 login_refused", "2 accepted");
    }

    @Test
    void whoWaitsForAMailboxThatIsHeldMeanwhileIsToldAtOnce() throws Exception {
        var lane = lanes.smtp(sink.port());
        mailboxes.hold(lane.workspaceId(), lane.mailboxId(), "535");

        var awaited = send(lane, true, "bob@example.org");

        assertThat(lanes.one("select 1 from email where id = ?", awaited.id())).isEmpty();
        assertThat(sink.connections()).isZero();
    }

    @Test
    void aLimitOfTheProviderRestsTheWholeLane() throws Exception {
        behaviour = refusing("550 5.4.5 Daily user sending limit exceeded");
        var lane = lanes.smtp(sink.port());

        var email = send(lane);

        assertThat(lanes.state(email)).isEqualTo("queued");
        assertThat(lanes.attempts(email)).containsExactly("1 throttled");
        worker.close();
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
    void aServerThatStallsInOneMailboxDelaysNoOther() throws Exception {
        var stalls = new CountDownLatch(1);
        var goesOn = new CountDownLatch(1);
        behaviour = stalling(stalls, goesOn);
        var slow = lanes.smtp(sink.port());
        var stuck = lanes.queue(slow);
        assertThat(stalls.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        try (var willing = Sink.start(SinkOptions.standard())) {
            var email = send(lanes.smtp(willing.port()));

            assertThat(lanes.state(email)).isEqualTo("sent");
            assertThat(lanes.state(stuck)).isEqualTo("sending");
        } finally {
            goesOn.countDown();
        }
    }

    @Test
    void aConnectionCutAfterTheEndOfDataIsResentOnceWithTheSameBytes() throws Exception {
        behaviour = hangingUp();
        var lane = lanes.smtp(sink.port());
        var email = send(lane);
        assertThat(lanes.row(email)).containsEntry("state", "queued").containsEntry("resends", 1);

        behaviour = Behaviour.WILLING;
        settledAfter(email, () -> lanes.makeDue(email));

        assertThat(lanes.state(email)).isEqualTo("sent");
        assertThat(lanes.attempts(email)).containsExactly("1 unknown", "2 accepted");
        assertThat(arrived).hasSize(2);
        assertThat(arrived.remove().content()).isEqualTo(arrived.remove().content());
    }

    @Test
    void anAddressThatCannotBeWrittenRefusesItsEmailAlone() throws Exception {
        var lane = lanes.smtp(sink.port());

        var bad = send(lane, false, "bob example@example.org");

        assertThat(lanes.state(bad)).isEqualTo("refused");
        assertThat(lanes.attempts(bad)).containsExactly("1 refused");
        assertThat(lanes.state(send(lane))).isEqualTo("sent");
    }

    @Test
    void stoppingLetsWhatIsBegunEndAndGivesTheLaneBack() throws Exception {
        var stalls = new CountDownLatch(1);
        var goesOn = new CountDownLatch(1);
        behaviour = stalling(stalls, goesOn);
        var lane = lanes.smtp(sink.port());
        var email = lanes.queue(lane);
        assertThat(stalls.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        var closing = Thread.ofVirtual().start(this::closeWorker);
        goesOn.countDown();
        closing.join();

        assertThat(lanes.state(email)).isEqualTo("sent");
        assertThat(lanes.lane(lane)).containsEntry("leased_by", null);
    }

    @Test
    void stoppingCutsAServerThatStallsAndWritesDownWhatItKnows() throws Exception {
        var stalls = new CountDownLatch(1);
        var goesOn = new CountDownLatch(1);
        behaviour = stalling(stalls, goesOn);
        var lane = lanes.smtp(sink.port());
        var email = lanes.queue(lane);
        assertThat(stalls.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        try {
            worker.stop(Duration.ZERO);
        } finally {
            goesOn.countDown();
        }

        assertThat(lanes.attempts(email)).containsExactly("1 unknown");
        assertThat(lanes.lane(lane)).containsEntry("leased_by", null);
    }

    @Test
    void aLaneWhoseSettlingFailsIsTakenOverAndWhatItBeganIsUnknown() throws Exception {
        lanes.run("alter table attempt add constraint broken check (server is null)");
        var lane = lanes.smtp(sink.port());
        var email = lanes.queue(lane);
        assertThat(arrived.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
        worker.close();
        assertThat(lanes.state(email)).isEqualTo("sending");
        assertThat(lanes.lane(lane)).containsEntry("leased_by", "first");

        lanes.run("alter table attempt drop constraint broken");
        settledAfter(
                email,
                () -> {
                    lanes.endLease(lane);
                    worker = start("second");
                });

        assertThat(lanes.row(email)).containsEntry("state", "queued").containsEntry("resends", 1);
        assertThat(lanes.attempts(email)).containsExactly("1 unknown");
    }

    @Test
    void aMailboxWithMuchMailIsSentOverSeveralConnectionsAtOnce() throws Exception {
        var allAtWork = new CountDownLatch(3);
        behaviour = waitingFor(allAtWork);
        var lane = lanes.smtp(sink.port());
        lanes.run("update mailbox set connections = 3 where id = ?", lane.mailboxId());

        var emails = lanes.queueMany(lane, 100);

        assertThat(allAtWork.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        for (var i = 0; i < emails; i++) {
            assertThat(arrived.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(sink.connections()).isEqualTo(3);
    }

    @Test
    void aMailboxRestsAtItsOwnLimitWhicheverNodeServesIt() throws Exception {
        var lane = lanes.smtp(sink.port());
        lanes.run("update mailbox set messages_per_day = 2 where id = ?", lane.mailboxId());
        assertThat(lanes.state(send(lane))).isEqualTo("sent");
        worker.close();
        worker = start("second");
        assertThat(lanes.state(send(lane))).isEqualTo("sent");

        var third = lanes.queue(lane);
        worker.close();
        worker = start("third");
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
        behaviour = refusing("450 4.2.1 Later");
        var lane = lanes.smtp(sink.port());
        lanes.run("update mailbox set messages_per_day = 1 where id = ?", lane.mailboxId());
        send(lane);

        behaviour = Behaviour.WILLING;

        assertThat(lanes.state(send(lane))).isEqualTo("sent");
    }

    @Test
    void aMailboxWithTenThousandWaitingAtAStalledServerDelaysNoOther() throws Exception {
        var stalls = new CountDownLatch(1);
        var goesOn = new CountDownLatch(1);
        behaviour = stalling(stalls, goesOn);
        var flooded = lanes.smtp(sink.port());
        lanes.queueMany(flooded, 10_000);
        assertThat(stalls.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        try (var willing = Sink.start(SinkOptions.standard())) {
            assertThat(lanes.state(send(lanes.smtp(willing.port())))).isEqualTo("sent");
        } finally {
            goesOn.countDown();
        }
    }

    @Test
    void aServerThatIsAwayRestsTheMailboxEachTimeLonger() throws Exception {
        var nowhere = lanes.smtp(unusedPort());

        var email = send(nowhere);
        lanes.awaitRest(nowhere);
        lanes.run("update lane set rests_until = null where mailbox_id = ?", nowhere.mailboxId());
        settledAfter(email, () -> lanes.makeDue(email));
        lanes.awaitRest(nowhere);

        assertThat(lanes.lane(nowhere)).containsEntry("failures", 2);
        assertThat(lanes.attempts(email)).containsExactly("1 unreachable", "2 unreachable");
        assertThat(lanes.row(email)).containsEntry("resends", 0);
    }

    @Test
    void aLargeMessageArrivesAsItWasComposed() throws Exception {
        var lane = lanes.smtp(sink.port());
        var content = lanes.largeContent(3_000_000);

        var key = new EmailKey(lane.workspaceId(), NewId.get());
        settledAfter(key, () -> lanes.queueWith(key, lane, content));

        assertThat(lanes.state(key)).isEqualTo("sent");
        assertThat(arrived.remove().content()).isEqualTo(content);
    }

    @Test
    void twoNodesShareTheMailboxesAndOneThatStopsLeavesThemToTheOther() throws Exception {
        try (var second = start("second")) {
            var all = IntStream.range(0, 40).mapToObj(_ -> lanes.smtp(sink.port())).toList();
            for (var lane : all) {
                lanes.queue(lane);
            }
            awaitArrival(40);

            worker.close();
            for (var lane : all) {
                lanes.queue(lane);
            }
            awaitArrival(40);
            assertThat(second).isNotNull();
        }
        assertThat(lanes.texts("select distinct node from attempt order by node"))
                .contains("second");
    }

    @Test
    void anEmailIsSentWhenItsTimeHasCome() throws Exception {
        var lane = lanes.smtp(sink.port());
        var due = Instant.now().plusSeconds(2);
        var key = new EmailKey(lane.workspaceId(), NewId.get());

        settledAfter(key, () -> lanes.schedule(key, lane, due));

        assertThat(lanes.state(key)).isEqualTo("sent");
        assertThat(
                        lanes.one(
                                "select 1 from email where id = ? and finished_at >= scheduled_at",
                                key.id()))
                .isPresent();
    }

    private void awaitArrival(int messages) throws InterruptedException {
        for (var i = 0; i < messages; i++) {
            assertThat(arrived.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
        }
    }

    private static int unusedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Behaviour waitingFor(CountDownLatch others) {
        return new Behaviour() {
            @Override
            public String message(SunkMessage message) {
                others.countDown();
                try {
                    if (!others.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                        throw new AssertionError("no other connection came");
                    }
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return Behaviour.super.message(message);
            }
        };
    }

    private Worker start(String node) {
        var clock = InstantSource.system();
        var settle =
                new Settle(
                        database,
                        wakeups,
                        new Node(node),
                        RetrySchedule.STANDARD,
                        clock,
                        new Random(1));
        var started =
                new Worker(
                        database,
                        new Node(node),
                        new LeaseDuration(Duration.ofSeconds(30)),
                        mailboxes,
                        settle,
                        wakeups,
                        clock);
        started.start();
        return started;
    }

    private static OutboundGuard guard() {
        return switch (AllowedBlocks.parse("127.0.0.0/8")) {
            case AllowedBlocks.Parsed.Valid(var blocks) -> new OutboundGuard(blocks);
            case AllowedBlocks.Parsed.Invalid(var part) -> throw new AssertionError(part);
        };
    }

    private void closeWorker() {
        try {
            worker.close();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Queues an email and waits for the end of its first attempt. */
    private EmailKey send(LaneKey lane) throws InterruptedException {
        return send(lane, false, "bob@example.org");
    }

    private EmailKey send(LaneKey lane, boolean awaited, String to) throws InterruptedException {
        var key = new EmailKey(lane.workspaceId(), NewId.get());
        settledAfter(
                key,
                () ->
                        assertThat(
                                        lanes.keep(
                                                lanes.email(
                                                        key, lane, awaited, OnUnknown.RESEND, to)))
                                .isEqualTo(Enqueue.Kept.KEPT));
        return key;
    }

    private void settledAfter(EmailKey email, Runnable cause) throws InterruptedException {
        try (var settlement = wakeups.listen(email.id())) {
            cause.run();
            settlement.await(PATIENCE);
        }
    }

    private Map<String, Object> mailbox(LaneKey lane) {
        return lanes.one("select * from mailbox where id = ?", lane.mailboxId()).orElseThrow();
    }

    private Behaviour changing() {
        return new Behaviour() {
            @Override
            public String mail(String sender) {
                return behaviour.mail(sender);
            }

            @Override
            public String message(SunkMessage message) {
                return behaviour.message(message);
            }
        };
    }

    private static Behaviour refusing(String reply) {
        return new Behaviour() {
            @Override
            public String mail(String sender) {
                return reply;
            }
        };
    }

    private static Behaviour hangingUp() {
        return new Behaviour() {
            @Override
            public String message(SunkMessage message) {
                return HANG_UP;
            }
        };
    }

    private static Behaviour stalling(CountDownLatch stalls, CountDownLatch goesOn) {
        return new Behaviour() {
            @Override
            public String message(SunkMessage message) {
                stalls.countDown();
                try {
                    goesOn.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return Behaviour.super.message(message);
            }
        };
    }
}
