package dev.postrider.flow.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.LaneKey;
import dev.postrider.email.Lease;
import dev.postrider.flow.store.lane.GiveBackLanes;
import dev.postrider.flow.store.lane.LaneLeases;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.postgres.Wakeups;
import dev.postrider.rig.Lanes;
import dev.postrider.rig.OnAnOwnDatabaseToo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@OnAnOwnDatabaseToo
@ExtendWith(TestDatabase.class)
final class LaneLeasesTest {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final Database database;
    private final Lanes lanes;
    private final LaneLeases here;
    private final LaneLeases there;
    private final GiveBackLanes back;

    LaneLeasesTest(Database database) {
        this.database = database;
        this.lanes = new Lanes(database, new Wakeups());
        this.here = new LaneLeases(database, "here", LEASE);
        this.there = new LaneLeases(database, "there", LEASE);
        this.back = new GiveBackLanes(database);
    }

    @AfterEach
    void close() throws InterruptedException {
        lanes.close();
    }

    @Test
    void aLaneWithoutDueMailIsNotTaken() {
        lanes.sandbox();

        assertThat(here.claim(10, Duration.ZERO)).isEmpty();
    }

    @Test
    void theLanesThatWaitTheLongestAreTakenFirst() {
        var all = due(5);

        assertThat(here.claim(2, Duration.ZERO))
                .extracting(Lease::lane)
                .containsExactlyInAnyOrder(all.get(0), all.get(1));
        assertThat(there.claim(2, Duration.ZERO))
                .extracting(Lease::lane)
                .containsExactlyInAnyOrder(all.get(2), all.get(3));
        assertThat(here.claim(2, Duration.ZERO))
                .extracting(Lease::lane)
                .containsExactly(all.get(4));
    }

    /** A program that was killed waits for nobody when it is back. */
    @Test
    void whereNobodyElseCanBeLeasesAreEndedAtOnce() {
        due(2);
        var before = there.claim(2, Duration.ZERO);
        assertThat(here.claim(2, Duration.ZERO)).isEmpty();

        here.endAll();

        assertThat(here.claim(2, Duration.ZERO))
                .containsExactlyInAnyOrderElementsOf(
                        before.stream()
                                .map(lease -> new Lease(lease.lane(), lease.epoch() + 1))
                                .toList());
        assertThat(there.renew(before)).isEmpty();
    }

    @Test
    void aLaneWithWorkLeftQueuesUpBehindTheOthers() {
        var all = due(2);
        var first = here.claim(1, Duration.ZERO).getFirst();

        back.giveBackUnfinished(first);

        assertThat(here.claim(1, Duration.ZERO))
                .extracting(Lease::lane)
                .containsExactly(all.get(1));
        assertThat(here.claim(1, Duration.ZERO))
                .containsExactly(new Lease(all.get(0), first.epoch() + 1));
    }

    @Test
    void manyNodesThatClaimAtOnceNeverShareALane() throws Exception {
        var all = due(60);

        var claimed =
                atOnce(
                        8,
                        number -> {
                            var node = new LaneLeases(database, "node " + number, LEASE);
                            var mine = new ArrayList<Lease>();
                            for (var i = 0; i < 10; i++) {
                                mine.addAll(node.claim(3, Duration.ZERO));
                            }
                            return mine;
                        });

        var taken = claimed.stream().flatMap(List::stream).map(Lease::lane).toList();
        assertThat(taken).doesNotHaveDuplicates().hasSize(all.size());
    }

    @Test
    void aLaneIsTakenOverWithAHigherEpochWhenItsLeaseHasEnded() {
        var lane = due(1).getFirst();
        var before = here.claim(1, Duration.ZERO).getFirst();
        assertThat(there.claim(1, Duration.ZERO)).isEmpty();

        lanes.endLease(lane);

        assertThat(there.claim(1, Duration.ZERO))
                .containsExactly(new Lease(lane, before.epoch() + 1));
        assertThat(here.renew(List.of(before))).isEmpty();
    }

    @Test
    void aLeaseIsRenewedAsLongAsNobodyElseHasTheLane() {
        var lane = due(1).getFirst();
        var lease = here.claim(1, Duration.ZERO).getFirst();
        lanes.endLease(lane);

        assertThat(here.renew(List.of(lease, new Lease(lane, lease.epoch() - 1))))
                .containsExactly(lease);

        assertThat(there.claim(1, Duration.ZERO)).isEmpty();
    }

    @Test
    void aLeaseThatWasGivenBackIsNotRenewed() {
        due(1);
        var lease = here.claim(1, Duration.ZERO).getFirst();
        back.giveBackUnfinished(lease);

        assertThat(here.renew(List.of(lease))).isEmpty();
    }

    @Test
    void aLaneIsGivenBackUntilItsNextEmailIsDue() {
        var lane = lanes.sandbox();
        var email = lanes.queue(lane);
        var lease = here.claim(1, Duration.ZERO).getFirst();
        lanes.run("update email set due_at = now() + interval '1 hour' where id = ?", email.id());

        assertThat(back.giveBack(lease, back.wakes(lane))).isTrue();

        assertThat(lanes.lane(lane))
                .containsEntry("is_due", false)
                .containsEntry("leased_by", null);
        assertThat(lanes.lane(lane).get("due_at")).isEqualTo(lanes.row(email).get("due_at"));
    }

    @Test
    void aLaneThatWasWokenSinceIsNotGivenBack() {
        var lane = due(1).getFirst();
        var lease = here.claim(1, Duration.ZERO).getFirst();
        var wakes = back.wakes(lane);
        lanes.queue(lane);

        assertThat(back.giveBack(lease, wakes)).isFalse();
        assertThat(back.putToSleep(lease, wakes)).isFalse();

        assertThat(lanes.lane(lane))
                .containsEntry("is_due", true)
                .containsEntry("leased_by", "here");
        assertThat(back.giveBack(lease, back.wakes(lane))).isTrue();
    }

    @Test
    void aLaneThatSleepsIsTakenWhenItIsWoken() {
        var lane = due(1).getFirst();
        assertThat(back.putToSleep(here.claim(1, Duration.ZERO).getFirst(), back.wakes(lane)))
                .isTrue();
        assertThat(here.claim(1, Duration.ZERO)).isEmpty();

        lanes.queue(lane);

        assertThat(here.claim(1, Duration.ZERO)).extracting(Lease::lane).containsExactly(lane);
    }

    @Test
    void aNodeThatLostItsLeaseCanDoNothingToTheLane() {
        var lane = due(1).getFirst();
        var old = here.claim(1, Duration.ZERO).getFirst();
        lanes.endLease(lane);
        var holder = there.claim(1, Duration.ZERO).getFirst();
        var before = lanes.lane(lane);

        assertThat(back.giveBack(old, back.wakes(lane))).isFalse();
        assertThat(back.putToSleep(old, back.wakes(lane))).isFalse();
        back.giveBackUnfinished(old);
        back.giveBackToRest(
                old,
                Duration.ofHours(1),
                "10 messages a day",
                (_, _) -> {
                    throw new AssertionError("it is another's");
                });

        assertThat(lanes.lane(lane)).isEqualTo(before);
        assertThat(there.renew(List.of(holder))).containsExactly(holder);
    }

    @Test
    void aLaneThatRestsIsTakenWhenItsPauseIsOver() {
        var rested = new AtomicReference<Instant>();
        var lane = due(1).getFirst();
        back.giveBackToRest(
                here.claim(1, Duration.ZERO).getFirst(),
                Duration.ofMinutes(30),
                "10 messages a day",
                (_, until) -> rested.set(until));
        assertThat(rested.get()).isAfter(Instant.now().plus(Duration.ofMinutes(29)));
        assertThat(there.claim(1, Duration.ZERO)).isEmpty();

        lanes.run("update lane set rests_until = now() where mailbox_id = ?", lane.mailboxId());

        assertThat(there.claim(1, Duration.ZERO)).extracting(Lease::lane).containsExactly(lane);
    }

    /** The lane is given back over and over while emails come in: none may be left asleep. */
    @Test
    void noWakeUpIsLostBetweenEnqueuesAndGivingBack() throws Exception {
        var lane = lanes.sandbox();
        var queued = new CountDownLatch(200);
        var done = new HashSet<Object>();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 200; i++) {
                threads.execute(() -> {
                    lanes.queue(lane);
                    queued.countDown();
                });
            }
            while (queued.getCount() > 0) {
                serveOnce(lane, done);
            }
        }
        while (serveOnce(lane, done)) {}

        assertThat(done).hasSize(200);
    }

    /** Takes the lane if it is due, "sends" what is due, and gives it back. */
    private boolean serveOnce(LaneKey lane, Set<Object> done) {
        var claimed = here.claim(1, Duration.ZERO);
        if (claimed.isEmpty()) {
            return false;
        }
        long wakes;
        do {
            wakes = back.wakes(lane);
            var ids =
                    lanes.texts(
                            """
                            update email
                            set state = 'sent',
                                due_at = null,
                                finished_at = now()
                            where mailbox_id = ?
                              and due_at <= now()
                            returning id
                            """,
                            lane.mailboxId());
            done.addAll(ids);
        } while (!back.giveBack(claimed.getFirst(), wakes));
        return true;
    }

    /** Lanes with due mail, the longest waiting first. */
    private List<LaneKey> due(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    var lane = lanes.sandbox();
                    lanes.queue(lane);
                    lanes.run(
                            """
                            update wake
                            set due_at = now() - make_interval(secs => ?)
                            where mailbox_id = ?
                            """,
                            3_600 - i,
                            lane.mailboxId());
                    return lane;
                })
                .toList();
    }

    private interface Work<T> {
        T by(int number) throws Exception;
    }

    private static <T> List<T> atOnce(int times, Work<T> work) throws Exception {
        var tasks = new ArrayList<Callable<T>>();
        for (var i = 0; i < times; i++) {
            var number = i;
            tasks.add(() -> work.by(number));
        }
        var results = new ArrayList<T>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
        }
        return results;
    }
}
