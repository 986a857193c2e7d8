package dev.postrider.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.LaneKey;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class WakeupsTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final LaneKey LANE = new LaneKey(UUID.randomUUID(), UUID.randomUUID());

    private final Wakeups wakeups = new Wakeups();

    @Test
    void aLaneThatNobodyServesWakesThoseWhoTakeLanes() throws InterruptedException {
        wakeups.laneWoken(LANE);
        assertThat(claimIsWoken()).isTrue();
        assertThat(claimIsWoken()).isFalse();
    }

    @Test
    void aLaneThatIsServedWakesItsServerOnly() throws InterruptedException {
        try (var served = wakeups.serve(LANE)) {
            wakeups.laneWoken(LANE);
            assertThat(claimIsWoken()).isFalse();
            assertThat(served.await(LONG)).isTrue();
            assertThat(served.await(Duration.ZERO)).isFalse();
        }
        assertThat(claimIsWoken()).isFalse();
    }

    @Test
    void severalWakesAreOne() throws InterruptedException {
        try (var served = wakeups.serve(LANE)) {
            wakeups.laneWoken(LANE);
            wakeups.laneWoken(LANE);
            assertThat(served.await(LONG)).isTrue();
            assertThat(served.await(Duration.ZERO)).isFalse();
        }
    }

    @Test
    void aWakeThatItsServerDidNotSeeGoesToThoseWhoTakeLanes() throws InterruptedException {
        var served = wakeups.serve(LANE);
        wakeups.laneWoken(LANE);
        served.close();
        assertThat(claimIsWoken()).isTrue();
    }

    @Test
    void theEndOfAnEarlierServiceLeavesTheLaterOneListening() throws InterruptedException {
        var earlier = wakeups.serve(LANE);
        try (var later = wakeups.serve(LANE)) {
            earlier.close();
            wakeups.laneWoken(LANE);
            assertThat(later.await(LONG)).isTrue();
        }
    }

    @Test
    void aWakeIsNeverLostBetweenTheEndOfServiceAndTheLane() throws Exception {
        var barrier = new CyclicBarrier(2);
        var rounds = 20_000;
        var waker =
                Thread.ofPlatform()
                        .start(() -> {
                            for (var round = 0; round < rounds; round++) {
                                meet(barrier);
                                wakeups.laneWoken(LANE);
                                meet(barrier);
                            }
                        });
        var lost = 0;
        for (var round = 0; round < rounds; round++) {
            var served = wakeups.serve(LANE);
            meet(barrier);
            served.close();
            meet(barrier);
            lost += claimIsWoken() ? 0 : 1;
        }
        waker.join();
        assertThat(lost).isZero();
    }

    @Test
    void whoStopsWakesAll() throws InterruptedException {
        try (var served = wakeups.serve(LANE)) {
            wakeups.wakeAll();
            assertThat(claimIsWoken()).isTrue();
            assertThat(served.await(LONG)).isTrue();
        }
    }

    @Test
    void theEndOfAnAttemptIsToldToWhoListensForIt() throws InterruptedException {
        var email = UUID.randomUUID();
        var told = new AtomicBoolean();
        try (var settlement = wakeups.listen(email)) {
            wakeups.settled(UUID.randomUUID());
            var waiting =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    settlement.await(LONG);
                                    told.set(true);
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            wakeups.settled(email);
            assertThat(waiting.join(Duration.ofSeconds(10))).isTrue();
        }
        assertThat(told).isTrue();
    }

    private boolean claimIsWoken() throws InterruptedException {
        return wakeups.awaitLane(Duration.ZERO);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
