package dev.postrider.rig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.EmailKey;
import dev.postrider.email.LaneKey;
import dev.postrider.email.Node;
import dev.postrider.flow.direct.ServedLanes;
import dev.postrider.flow.enqueue.EnqueueDirectly;
import dev.postrider.flow.enqueue.Submission;
import dev.postrider.flow.enqueue.Submitted;
import dev.postrider.flow.lease.LeaseDuration;
import dev.postrider.flow.lease.Worker;
import dev.postrider.flow.settle.RetrySchedule;
import dev.postrider.flow.settle.Settle;
import dev.postrider.flow.store.enqueue.NewEmail;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mailbox.TestMailboxes;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.Wakeups;
import dev.postrider.testkit.sink.Behaviour;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import dev.postrider.testkit.sink.SunkMessage;
import dev.postrider.transport.Kinds;
import dev.postrider.transport.TestKinds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * The flow from inside, on a database of the test's own: a worker is started with it, mail servers
 * and more workers by the test. What a former test has left in the database is taken away.
 */
public final class FlowRig implements AutoCloseable {
    /** How long a test waits for what must come. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Database database;
    private final Wakeups wakeups = new Wakeups();
    private final ServedLanes served = new ServedLanes();
    private final Lanes lanes;
    private final Mailboxes mailboxes;
    private final LinkedBlockingQueue<SunkMessage> arrived = new LinkedBlockingQueue<>();
    private Worker worker;

    public FlowRig(Database database) {
        this(database, TestKinds.of(database, Loopback.guard()));
    }

    /** With other kinds of transport. */
    public FlowRig(Database database, Kinds kinds) {
        this.database = database;
        this.lanes = new Lanes(database, wakeups);
        this.mailboxes = TestMailboxes.of(database, kinds);
        this.worker = start("first");
    }

    /** Another one, beside those that run. */
    public Worker start(String node) {
        var settle = settle(database, wakeups, node);
        var started =
                new Worker(
                        database,
                        new Node(node),
                        new LeaseDuration(PATIENCE),
                        mailboxes,
                        settle,
                        wakeups,
                        served,
                        TestMailboxes.events(database),
                        InstantSource.system());
        started.start();
        return started;
    }

    public static Settle settle(Database database, Wakeups wakeups, String node) {
        return new Settle(
                database,
                wakeups,
                new Node(node),
                RetrySchedule.STANDARD,
                InstantSource.system(),
                new Random(1));
    }

    /** What it takes has {@linkplain #arrived arrived}. */
    public Sink sink(Behaviour behaviour) {
        return sink(SinkOptions.standard().behaving(behaviour));
    }

    /** The same, by other options. */
    public Sink sink(SinkOptions options) {
        return Sink.start(options.recording(arrived::add));
    }

    public Worker worker() {
        return worker;
    }

    /** Ends the worker in an orderly way, and starts one of that name. */
    public void replaceWorker(String node) throws InterruptedException {
        worker.close();
        worker = start(node);
    }

    public Wakeups wakeups() {
        return wakeups;
    }

    public ServedLanes served() {
        return served;
    }

    /** Keeps an email whose caller waits, by the short way where its lane allows it. */
    public Submitted keepDirectly(NewEmail email, Instant mailboxSeen) {
        return new EnqueueDirectly(lanes.enqueue(), served)
                .keep(email, new Submission(List.of(email), Optional.empty()), mailboxSeen);
    }

    public Lanes lanes() {
        return lanes;
    }

    public Mailboxes mailboxes() {
        return mailboxes;
    }

    public LinkedBlockingQueue<SunkMessage> arrived() {
        return arrived;
    }

    /** Queues an email to Bob, or to these, and waits for the end of its first attempt. */
    public EmailKey send(LaneKey lane, String... to) throws InterruptedException {
        return send(lane, false, to);
    }

    /** One whose caller waits. */
    public EmailKey sendAwaited(LaneKey lane, String... to) throws InterruptedException {
        return send(lane, true, to);
    }

    private EmailKey send(LaneKey lane, boolean awaited, String... to) throws InterruptedException {
        return send(lanes.email(lanes.newKey(), lane, awaited, to));
    }

    public EmailKey send(NewEmail email) throws InterruptedException {
        settledAfter(
                email.key(), () -> assertThat(lanes.keep(email)).isEqualTo(new Submitted.Kept()));
        return email.key();
    }

    /** Many emails that are due at once. */
    public void flood(LaneKey lane, int emails) {
        lanes.queueMany(lane, emails);
        wakeups.laneWoken(lane);
    }

    /** What makes an attempt begin. */
    @FunctionalInterface
    public interface Cause {
        void run() throws InterruptedException;
    }

    /** Waits until the attempt has ended that something causes. */
    public void settledAfter(EmailKey email, Cause cause) throws InterruptedException {
        var settled = new CountDownLatch(1);
        var end = wakeups.tell(email.id(), _ -> settled.countDown());
        try {
            cause.run();
            assertThat(settled.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("whether somebody tells that the attempt has ended")
                    .isTrue();
        } finally {
            end.run();
        }
    }

    public void awaitArrivals(int messages) throws InterruptedException {
        for (var i = 0; i < messages; i++) {
            assertThat(arrived.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
        }
    }

    /** Waits until all emails of a mailbox, so many, are in that state. */
    public void awaitState(LaneKey lane, String state, int emails) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(
                                        lanes.texts(
                                                "select state from email where mailbox_id = ?",
                                                lane.mailboxId()))
                                .containsOnly(state)
                                .hasSize(emails));
    }

    public Map<String, Object> mailbox(LaneKey lane) {
        return lanes.one("select * from mailbox where id = ?", lane.mailboxId()).orElseThrow();
    }

    @Override
    public void close() throws InterruptedException {
        lanes.close();
        worker.close();
    }
}
