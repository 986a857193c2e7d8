package dev.postrider.flow.lease;

import dev.postrider.email.Lease;
import dev.postrider.log.Journal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The leases that this node holds, and until when by its own clock. That clock runs while the
 * process is stopped, so a node that slept past its lease knows it before it sends anything.
 */
final class HeldLeases {
    private static final Journal JOURNAL = Journal.of("flow");

    private final LaneTable table;
    private final Duration leaseTime;

    /** When each lease ends, by System.nanoTime. */
    private final Map<Lease, Long> ends = new ConcurrentHashMap<>();

    HeldLeases(LaneTable table, Duration leaseTime) {
        this.table = table;
        this.leaseTime = leaseTime;
    }

    /** Takes free lanes that have due mail. */
    List<Lease> claim(int lanes) {
        var before = System.nanoTime();
        var leases = table.claim(lanes);
        leases.forEach(lease -> ends.put(lease, before + leaseTime.toNanos()));
        return leases;
    }

    /** Prolongs all leases; those that others have taken are forgotten. */
    void renew() {
        var before = System.nanoTime();
        var held = List.copyOf(ends.keySet());
        if (held.isEmpty()) {
            return;
        }
        var renewed = table.renew(held);
        for (var lease : held) {
            if (renewed.contains(lease)) {
                ends.computeIfPresent(lease, (_, _) -> before + leaseTime.toNanos());
            } else if (ends.remove(lease) != null) {
                JOURNAL.warning(
                        "lease lost", "mailbox", lease.lane().mailboxId(), "epoch", lease.epoch());
            }
        }
    }

    /** Whether the lease still stands. */
    boolean holds(Lease lease) {
        var end = ends.get(lease);
        return end != null && System.nanoTime() - end < 0;
    }

    void forget(Lease lease) {
        ends.remove(lease);
    }
}
