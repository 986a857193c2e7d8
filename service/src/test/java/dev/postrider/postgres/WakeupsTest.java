package dev.postrider.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.email.AttemptEnd;
import dev.postrider.email.EmailState;
import dev.postrider.email.LaneKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class WakeupsTest {
    private static final AttemptEnd END = new AttemptEnd(true, EmailState.SENT, "250 Ok", "");

    private static final int ROUNDS = 50_000;
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

    /** The end comes a little later each round, so that both meet in every way. */
    @Test
    void aWakeIsNeverLostBetweenTheEndOfServiceAndTheLane() throws Exception {
        var begun = new AtomicInteger();
        var woken = new AtomicInteger();
        var waker =
                Thread.ofPlatform()
                        .start(() -> {
                            for (var round = 1; round <= ROUNDS; round++) {
                                await(begun, round);
                                wakeups.laneWoken(LANE);
                                woken.set(round);
                            }
                        });
        var lost = 0;
        for (var round = 1; round <= ROUNDS; round++) {
            var served = wakeups.serve(LANE);
            begun.set(round);
            for (var later = round % 200; later > 0; later--) {
                Thread.onSpinWait();
            }
            served.close();
            await(woken, round);
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
    void theEndOfAnAttemptIsToldToWhoListensForIt() {
        var email = UUID.randomUUID();
        var told = new ArrayList<AttemptEnd>();
        var end = wakeups.tell(email, told::add);

        wakeups.settled(UUID.randomUUID(), END);
        assertThat(told).isEmpty();
        wakeups.settled(email, END);
        assertThat(told).containsExactly(END);

        end.run();
        wakeups.settled(email, END);
        assertThat(told).hasSize(1);
    }

    private boolean claimIsWoken() throws InterruptedException {
        return wakeups.awaitLane(Duration.ZERO);
    }

    private static void await(AtomicInteger reached, int round) {
        for (var spins = 0; reached.get() < round; spins++) {
            if (spins < 2_000) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(1);
            }
        }
    }
}
