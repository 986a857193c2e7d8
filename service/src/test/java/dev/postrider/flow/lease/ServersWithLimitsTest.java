package dev.postrider.flow.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.EmailKey;
import dev.postrider.email.LaneKey;
import dev.postrider.email.Node;
import dev.postrider.email.OnUnknown;
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
import dev.postrider.vault.MasterKeyFile;
import dev.postrider.vault.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Servers with limits, each as real ones have them: nothing is lost, doubled, blamed or late. */
@ExtendWith(TestDatabase.class)
final class ServersWithLimitsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Database database;
    private final Wakeups wakeups = new Wakeups();
    private final Lanes lanes;
    private final Mailboxes mailboxes;
    private final Worker worker;
    private final LinkedBlockingQueue<SunkMessage> arrived = new LinkedBlockingQueue<>();

    ServersWithLimitsTest(Database database, @TempDir Path folder) {
        database.inTransaction(handle ->
                handle.execute(
                        """
                        truncate workspace, email, email_content, recipient, attempt, data_key
                        cascade
                        """));
        this.database = database;
        this.lanes = new Lanes(database, wakeups);
        var key = new MasterKeyFile(folder.resolve("key.json"));
        key.create();
        this.mailboxes =
                new Mailboxes(
                        database,
                        Vault.of(database, key),
                        TestKinds.of(database, guard()),
                        MailboxQuota.STANDARD,
                        new CancelQueuedMail());
        this.worker = start("first");
    }

    @AfterEach
    void close() throws InterruptedException {
        lanes.close();
        worker.close();
    }

    private Sink sink(Behaviour behaviour, String... extensions) {
        return Sink.start(
                SinkOptions.standard()
                        .announcing(extensions)
                        .behaving(behaviour)
                        .recording(arrived::add));
    }

    @Test
    void aServerThatRestartsInTheMiddleOfABatchCostsTheRestNoAttempt() throws Exception {
        Behaviour restarting =
                new Behaviour() {
                    private final AtomicInteger mails = new AtomicInteger();
                    private final AtomicInteger refused = new AtomicInteger();

                    @Override
                    public String greeting(long open) {
                        var isDown = mails.get() >= 3 && refused.getAndIncrement() < 2;
                        return isDown ? HANG_UP : Behaviour.super.greeting(open);
                    }

                    @Override
                    public String mail(String sender) {
                        return mails.incrementAndGet() == 3
                                ? HANG_UP
                                : Behaviour.super.mail(sender);
                    }
                };
        try (var sink = sink(restarting)) {
            var lane = lanes.smtp(sink.port());
            lanes.queueMany(lane, 8);
            wakeups.laneWoken(lane);
            awaitArrivals(8);
            awaitState(lane, "sent", 8);
            assertThat(lanes.texts("select number || ' ' || outcome from attempt"))
                    .containsOnly("1 accepted")
                    .hasSize(8);
        }
    }

    @Test
    void recipientsBeyondWhatTheServerTakesAtOnceFollowAtOnce() throws Exception {
        for (var tooMany : List.of("452 4.5.3 Too many recipients", "552 Too many recipients")) {
            try (var sink = sink(twoRecipients(tooMany), "PIPELINING")) {
                var lane = lanes.smtp(sink.port());
                var email = awaited(lane, 5);
                assertThat(lanes.state(email)).isEqualTo("sent");
                assertThat(lanes.recipients(email)).hasSize(5).containsOnly("accepted");
                assertThat(sink.messages()).isEqualTo(3);
            }
        }
    }

    private static Behaviour twoRecipients(String tooMany) {
        return new Behaviour() {
            private final AtomicInteger taken = new AtomicInteger();

            @Override
            public String mail(String sender) {
                taken.set(0);
                return Behaviour.super.mail(sender);
            }

            @Override
            public String recipient(String address) {
                return taken.incrementAndGet() > 2 ? tooMany : Behaviour.super.recipient(address);
            }
        };
    }

    @Test
    void repliesThatCameBeforeAServerHadEnoughErrorsCount() throws Exception {
        Behaviour strict =
                new Behaviour() {
                    private final AtomicInteger errors = new AtomicInteger();

                    @Override
                    public String mail(String sender) {
                        errors.set(0);
                        return Behaviour.super.mail(sender);
                    }

                    @Override
                    public String recipient(String address) {
                        return errors.incrementAndGet() > 10
                                ? "421 4.7.0 mx.test Error: too many errors"
                                : "550 5.1.1 <" + address + ">: No such user";
                    }
                };
        try (var sink = sink(strict, "PIPELINING")) {
            var lane = lanes.smtp(sink.port());
            var email = queued(lane, 25);
            assertThat(lanes.state(email)).isEqualTo("refused");
            assertThat(lanes.attempts(email)).containsExactly("1 recipients_refused");
            assertThat(lanes.texts("select reply from recipient order by position"))
                    .hasSize(25)
                    .first()
                    .isEqualTo("<r0@example.org>: No such user");
            assertThat(sink.connections()).isEqualTo(3);
        }
    }

    @Test
    void aServerThatTakesSoManyMessagesAConnectionGetsAnotherOneAtOnce() throws Exception {
        for (var enough : List.of("421 4.7.0 Enough", "452 4.3.0 Enough", "503 5.5.1 Enough")) {
            Behaviour few =
                    new Behaviour() {
                        private final AtomicInteger mails = new AtomicInteger();

                        @Override
                        public String greeting(long open) {
                            mails.set(0);
                            return Behaviour.super.greeting(open);
                        }

                        @Override
                        public String mail(String sender) {
                            return mails.incrementAndGet() > 3
                                    ? enough
                                    : Behaviour.super.mail(sender);
                        }
                    };
            try (var sink = sink(few, "PIPELINING")) {
                var lane = oneConnection(sink.port());
                lanes.queueMany(lane, 10);
                wakeups.laneWoken(lane);
                awaitArrivals(10);
                awaitState(lane, "sent", 10);
                assertThat(
                                lanes.texts(
                                        """
                                        select number || ' ' || outcome
                                        from attempt
                                        join email on email.id = email_id
                                        where mailbox_id = ?
                                        """,
                                        lane.mailboxId()))
                        .as(enough)
                        .containsOnly("1 accepted");
            }
        }
    }

    @Test
    void mailThatWaitsBehindASlowReplyGetsAConnectionOfItsOwn() throws Exception {
        var goesOn = new CountDownLatch(1);
        var slow = new CountDownLatch(1);
        Behaviour slowOnce =
                new Behaviour() {
                    @Override
                    public String message(SunkMessage message) {
                        if (slow.getCount() == 1) {
                            slow.countDown();
                            await(goesOn);
                        }
                        return Behaviour.super.message(message);
                    }
                };
        try (var sink = sink(slowOnce, "PIPELINING")) {
            var lane = lanes.smtp(sink.port());
            var first = lanes.queue(lane);
            await(slow);
            var second = queued(lane, 1);
            assertThat(lanes.state(second)).isEqualTo("sent");
            assertThat(lanes.state(first)).isEqualTo("sending");
            goesOn.countDown();
            awaitState(lane, "sent", 2);
        }
    }

    @Test
    void oneRefusedConnectionOfSeveralRestsNobody() throws Exception {
        for (var full : List.of("421 4.7.0 too many connections", "554 Too many", "")) {
            try (var sink = sink(atMost(1, full), "PIPELINING")) {
                var lane = lanes.smtp(sink.port());
                lanes.queueMany(lane, 200);
                wakeups.laneWoken(lane);
                awaitArrivals(200);
                awaitState(lane, "sent", 200);
                assertThat(lanes.lane(lane).get("rests_until")).as(full).isNull();
            }
        }
    }

    @Test
    void mailboxesShareWhatTheirHostAllows() throws Exception {
        try (var sink = sink(atMost(4, "421 4.7.0 too many connections"), "PIPELINING")) {
            var many = Stream.generate(() -> lanes.smtp(sink.port())).limit(20).toList();
            many.forEach(lane -> lanes.queueMany(lane, 10));
            many.forEach(wakeups::laneWoken);
            awaitArrivals(200);
            for (var lane : many) {
                awaitState(lane, "sent", 10);
            }
            assertThat(lanes.texts("select outcome from attempt"))
                    .hasSize(200)
                    .containsOnly("accepted");
        }
    }

    private static Behaviour atMost(int connections, String full) {
        return new Behaviour() {
            @Override
            public String greeting(long open) {
                return open > connections ? full : Behaviour.super.greeting(open);
            }
        };
    }

    private LaneKey oneConnection(int port) {
        var lane = lanes.smtp(port);
        lanes.run(
                "update mailbox set connections = 1, updated_at = now() where id = ?",
                lane.mailboxId());
        return lane;
    }

    /** Queues an email and waits for the end of its attempt. */
    private EmailKey queued(LaneKey lane, int recipients) throws InterruptedException {
        return settled(lane, false, recipients);
    }

    private EmailKey awaited(LaneKey lane, int recipients) throws InterruptedException {
        return settled(lane, true, recipients);
    }

    private EmailKey settled(LaneKey lane, boolean awaited, int recipients)
            throws InterruptedException {
        var to =
                IntStream.range(0, recipients)
                        .mapToObj(i -> "r" + i + "@example.org")
                        .toArray(String[]::new);
        var key = new EmailKey(lane.workspaceId(), NewId.get());
        try (var settlement = wakeups.listen(key.id())) {
            lanes.keep(lanes.email(key, lane, awaited, OnUnknown.RESEND, to));
            settlement.await(PATIENCE);
        }
        return key;
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("it didn't come");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitArrivals(int messages) throws InterruptedException {
        for (var i = 0; i < messages; i++) {
            assertThat(arrived.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
        }
    }

    private void awaitState(LaneKey lane, String state, int emails) {
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
}
