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
 * others have woken, whether there are lanes to take or events to tell. Nothing depends on it but
 * how evenly and how soon work is done.
 */
final class Cluster {
    /**
     * How long a lane that is due, or was woken on another node, may wait to be noticed, and an
     * event.
     */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** The same of a lane that this node serves already. */
    private static final Duration LOOK_AT_SERVED_EVERY = Duration.ofMillis(250);

    /** In looks. */
    private static final int BEAT_EVERY = 2;

    private static final Duration ALIVE = LOOK_EVERY.multipliedBy(4 * BEAT_EVERY);

    /**
     * In looks, where there can't be another node: only people look at this one's heartbeats, and
     * each is a write to the disk.
     */
    private static final int BEAT_EVERY_ALONE = 20;

    private final Nodes table;
    private final HeldLeases leases;
    private final Wakeups wakeups;
    private final Map<LaneKey, Long> seen = new ConcurrentHashMap<>();
    private final AtomicInteger excess = new AtomicInteger();
    private final int beatEvery;

    /** Of the one thread that watches. */
    private int looks;

    /** Written by the one thread that watches, read by all. */
    private volatile Census census = new Census(1, 0, false, false);

    /**
     * @param isAlone whether nobody else can be there
     */
    Cluster(Nodes table, HeldLeases leases, Wakeups wakeups, boolean isAlone) {
        this.beatEvery = isAlone ? BEAT_EVERY_ALONE : BEAT_EVERY;
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

    /**
     * Counts the nodes, tells of lanes to take, and looks for a while which of this node's lanes
     * others wake.
     */
    void look() throws InterruptedException {
        census = table.look(looks % beatEvery == 0, ALIVE);
        looks++;
        var most = census.nodes() <= 1 ? Integer.MAX_VALUE : census.share() + census.share() / 10;
        excess.set(Math.max(0, leases.count() - most));
        if (census.isDue()) {
            wakeups.lanesDue();
        }
        if (census.hasEvents()) {
            wakeups.eventsWait();
        }
        if (census.nodes() <= 1) {
            Thread.sleep(LOOK_EVERY);
            return;
        }
        for (var i = 0; i < LOOK_EVERY.dividedBy(LOOK_AT_SERVED_EVERY); i++) {
            if (leases.count() > 0) {
                tellWoken();
            }
            Thread.sleep(LOOK_AT_SERVED_EVERY);
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
