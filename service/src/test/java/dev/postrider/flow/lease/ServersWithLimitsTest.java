package dev.postrider.flow.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.LaneKey;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.rig.FlowRig;
import dev.postrider.rig.Lanes;
import dev.postrider.rig.Stall;
import dev.postrider.testkit.sink.Behaviour;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Servers with limits, each as real ones have them: nothing is lost, doubled, blamed or late. */
@ExtendWith(TestDatabase.class)
final class ServersWithLimitsTest {
    private final FlowRig rig;
    private final Lanes lanes;

    ServersWithLimitsTest(Database database) {
        this.rig = new FlowRig(database);
        this.lanes = rig.lanes();
    }

    @AfterEach
    void close() throws InterruptedException {
        rig.close();
    }

    private Sink sink(Behaviour behaviour, String... extensions) {
        return rig.sink(SinkOptions.standard().announcing(extensions).behaving(behaviour));
    }

    @Test
    void aServerThatRestartsInTheMiddleOfABatchCostsTheRestNoAttempt() throws Exception {
        Behaviour restarting =
                new Behaviour() {
                    private final AtomicInteger mails = new AtomicInteger();
                    private final AtomicBoolean isDown = new AtomicBoolean();

                    @Override
                    public String greeting(long open) {
                        return isDown.getAndSet(false) ? HANG_UP : Behaviour.super.greeting(open);
                    }

                    @Override
                    public String mail(String sender) {
                        if (mails.incrementAndGet() == 3) {
                            isDown.set(true);
                            return HANG_UP;
                        }
                        return Behaviour.super.mail(sender);
                    }
                };
        try (var sink = sink(restarting)) {
            // a second one that is closed before it was of any use would be an attempt
            var lane = oneConnection(sink.port());
            rig.flood(lane, 8);
            lanes.awaitRest(lane);
            lanes.endRest(lane);
            rig.awaitArrivals(8);
            rig.awaitState(lane, "sent", 8);
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
                var email = rig.sendAwaited(lane, recipients(5));
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
            var email = rig.send(lane, recipients(25));
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
                rig.flood(lane, 10);
                rig.awaitArrivals(10);
                rig.awaitState(lane, "sent", 10);
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
        try (var stall = Stall.once();
                var sink = sink(stall, "PIPELINING")) {
            var lane = lanes.smtp(sink.port());
            var first = lanes.queue(lane);
            stall.awaitMessage();
            var second = rig.send(lane);
            assertThat(lanes.state(second)).isEqualTo("sent");
            assertThat(lanes.state(first)).isEqualTo("sending");
            stall.close();
            rig.awaitState(lane, "sent", 2);
        }
    }

    @Test
    void oneRefusedConnectionOfSeveralRestsNobody() throws Exception {
        for (var full : List.of("421 4.7.0 too many connections", "554 Too many", "")) {
            try (var sink = sink(atMost(1, full), "PIPELINING")) {
                var lane = lanes.smtp(sink.port());
                rig.flood(lane, 200);
                rig.awaitArrivals(200);
                rig.awaitState(lane, "sent", 200);
                assertThat(lanes.lane(lane).get("rests_until")).as(full).isNull();
            }
        }
    }

    @Test
    void mailboxesShareWhatTheirHostAllows() throws Exception {
        try (var sink = sink(atMost(4, "421 4.7.0 too many connections"), "PIPELINING")) {
            var many = Stream.generate(() -> lanes.smtp(sink.port())).limit(20).toList();
            many.forEach(lane -> lanes.queueMany(lane, 10));
            many.forEach(rig.wakeups()::laneWoken);
            rig.awaitArrivals(200);
            for (var lane : many) {
                rig.awaitState(lane, "sent", 10);
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

    private static String[] recipients(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "r" + i + "@example.org")
                .toArray(String[]::new);
    }
}
