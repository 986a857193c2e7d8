package dev.postrider.flow.lease;

import dev.postrider.email.LaneKey;
import dev.postrider.flow.store.lane.Nodes;
import dev.postrider.flow.store.lane.Nodes.Census;
import dev.postrider.postgres.Wakeups;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * This node among the others, by heartbeats: how many lanes are its share, which of its lanes
 * others have woken. Nothing depends on it but how evenly and how soon work is done.
 */
final class Cluster {
    private static final Duration BEAT_EVERY = Duration.ofSeconds(2);
    private static final Duration ALIVE = BEAT_EVERY.multipliedBy(4);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final Nodes table;
    private final HeldLeases leases;
    private final Wakeups wakeups;
    private final Map<LaneKey, Long> seen = new ConcurrentHashMap<>();
    private final AtomicInteger excess = new AtomicInteger();

    /** Written by the one thread that watches, read by all. */
    private volatile Census census = new Census(1, 0);

    Cluster(Nodes table, HeldLeases leases, Wakeups wakeups) {
        this.table = table;
        this.leases = leases;
        this.wakeups = wakeups;
    }

    /** How many more lanes are this node's to take. */
    int freeShare() {
        return Math.max(0, census.share() - leases.count());
    }

    /** Asked by a lane: whether it is one that should go to another node. */
    boolean isExcess() {
        return excess.get() > 0 && excess.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    /** Counts the nodes, and looks for a while which of this node's lanes others wake. */
    void heartbeat() throws InterruptedException {
        census = table.beat(ALIVE);
        var most = census.nodes() <= 1 ? Integer.MAX_VALUE : census.share() + census.share() / 10;
        excess.set(Math.max(0, leases.count() - most));
        for (var i = 0; i < BEAT_EVERY.dividedBy(LOOK_EVERY); i++) {
            if (census.nodes() > 1) {
                tellWoken();
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    private void tellWoken() {
        for (var woken : table.woken()) {
            var before = seen.put(woken.lane(), woken.count());
            if (before == null || before != woken.count()) {
                wakeups.laneWoken(woken.lane());
            }
        }
    }

    /** The lane is served no more. */
    void unfollow(LaneKey lane) {
        seen.remove(lane);
    }

    void leave() {
        table.leave();
    }
}
