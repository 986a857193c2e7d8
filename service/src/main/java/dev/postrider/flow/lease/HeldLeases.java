package dev.postrider.flow.lease;

import dev.postrider.email.LaneKey;
import dev.postrider.email.Lease;
import dev.postrider.flow.store.lane.LaneLeases;
import dev.postrider.log.Journal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The leases that this node holds, and until when by its own clocks. One of them runs while the
 * process is stopped, the other while the whole machine is: a node that slept past its lease knows
 * it before it sends anything.
 */
final class HeldLeases {
    private static final Journal JOURNAL = Journal.of("flow");

    private final LaneLeases table;
    private final Duration leaseTime;
    private final LongSupplier nanos;

    private final Map<Lease, Moment> ends = new ConcurrentHashMap<>();

    /** Those whose lanes this node hasn't done with, whether they have ended or not. */
    private final Set<Lease> served = ConcurrentHashMap.newKeySet();

    /**
     * A moment by both clocks.
     *
     * @param nanos of System.nanoTime
     * @param millis since the epoch
     */
    private record Moment(long nanos, long millis) {
        Moment plus(Duration time) {
            return new Moment(nanos + time.toNanos(), millis + time.toMillis());
        }

        boolean isOver(Moment now) {
            return now.nanos - nanos >= 0 || now.millis >= millis;
        }
    }

    HeldLeases(LaneLeases table, Duration leaseTime) {
        this(table, leaseTime, System::nanoTime);
    }

    HeldLeases(LaneLeases table, Duration leaseTime, LongSupplier nanos) {
        this.table = table;
        this.leaseTime = leaseTime;
        this.nanos = nanos;
    }

    /** Ends those of whoever was there before, where nobody else can be there. */
    void endOthers() {
        table.endAll();
    }

    private Moment now() {
        return new Moment(nanos.getAsLong(), System.currentTimeMillis());
    }

    /**
     * Takes free lanes that have had due mail for so long. Not those that this node still serves:
     * if it is late with a renewal and nobody else has taken the lane, what it has sent can be
     * settled under the epoch that it has; under another it would be unknown.
     */
    List<Lease> claim(int lanes, Duration waited) {
        var before = now();
        var leases = table.claim(lanes, waited, lapsing(before));
        leases.forEach(lease -> {
            ends.put(lease, before.plus(leaseTime));
            served.add(lease);
        });
        return leases;
    }

    /**
     * Served lanes whose leases have ended or soon will; as long as renewals come, there are none.
     */
    private List<LaneKey> lapsing(Moment now) {
        var soon = now.plus(leaseTime.dividedBy(4));
        return served.stream()
                .filter(lease -> {
                    var end = ends.get(lease);
                    return end == null || end.isOver(soon);
                })
                .map(Lease::lane)
                .toList();
    }

    /** Prolongs all leases; those that others have taken are forgotten. */
    void renew() {
        var before = now();
        var held = List.copyOf(ends.keySet());
        if (held.isEmpty()) {
            return;
        }
        var renewed = table.renew(held);
        for (var lease : held) {
            if (renewed.contains(lease)) {
                ends.computeIfPresent(lease, (_, _) -> before.plus(leaseTime));
            } else if (ends.remove(lease) != null) {
                JOURNAL.warning(
                        "lease lost", "mailbox", lease.lane().mailboxId(), "epoch", lease.epoch());
            }
        }
    }

    /**
     * Whether the lease still stands. Once it doesn't it never will again, whatever is renewed
     * meanwhile: somebody has given up on the strength of that answer.
     */
    boolean holds(Lease lease) {
        var end = ends.get(lease);
        if (end == null || !end.isOver(now())) {
            return end != null;
        }
        return ends.computeIfPresent(lease, (_, latest) -> latest.isOver(now()) ? null : latest)
                != null;
    }

    int count() {
        return ends.size();
    }

    /** The node has done with the lane. */
    void drop(Lease lease) {
        ends.remove(lease);
        served.remove(lease);
    }
}
