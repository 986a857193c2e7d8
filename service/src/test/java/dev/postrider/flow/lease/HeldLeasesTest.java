package dev.postrider.flow.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.flow.store.lane.LaneLeases;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.TestDatabase;
import dev.postrider.postgres.Wakeups;
import dev.postrider.rig.Lanes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
final class HeldLeasesTest {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final Database database;
    private final AtomicLong slept = new AtomicLong();

    HeldLeasesTest(Database database) {
        this.database = database;
    }

    /** Somebody has taken the answer for the end, and told a caller so. */
    @Test
    void aLeaseThatHasLapsedOnceStaysSoThoughTheDatabaseRenewsIt() throws Exception {
        try (var lanes = new Lanes(database, new Wakeups())) {
            lanes.queue(lanes.sandbox());
            var table = new LaneLeases(database, "test", LEASE);
            var leases = new HeldLeases(table, LEASE, () -> System.nanoTime() + slept.get());
            var lease = leases.claim(1, Duration.ZERO).getFirst();
            assertThat(leases.holds(lease)).isTrue();

            slept.set(LEASE.toNanos());
            assertThat(leases.holds(lease)).isFalse();
            leases.renew();

            assertThat(table.renew(List.of(lease))).containsExactly(lease);
            assertThat(leases.holds(lease)).isFalse();
        }
    }

    /** On a machine that stood still: what it has sent is settled under the epoch that it has. */
    @Test
    void aNodeDoesNotTakeFromItselfALaneThatItStillServes() throws Exception {
        try (var lanes = new Lanes(database, new Wakeups())) {
            var lane = lanes.sandbox();
            lanes.queue(lane);
            var table = new LaneLeases(database, "test", LEASE);
            var leases = new HeldLeases(table, LEASE, () -> System.nanoTime() + slept.get());
            var lease = leases.claim(1, Duration.ZERO).getFirst();

            slept.set(LEASE.toNanos());
            lanes.run("update lane set leased_until = now() - interval '1 second'");
            assertThat(leases.claim(1, Duration.ZERO)).isEmpty();
            assertThat(leases.holds(lease)).isFalse();
            assertThat(leases.claim(1, Duration.ZERO)).isEmpty();

            leases.drop(lease);
            assertThat(leases.claim(1, Duration.ZERO))
                    .singleElement()
                    .satisfies(next -> {
                        assertThat(next.lane()).isEqualTo(lane);
                        assertThat(next.epoch()).isEqualTo(lease.epoch() + 1);
                    });
        }
    }
}
