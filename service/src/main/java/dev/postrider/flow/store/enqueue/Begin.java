package dev.postrider.flow.store.enqueue;

import dev.postrider.email.Lease;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What marks an email begun as it is kept.
 *
 * @param lease under which it is sent; where that has ended, it is kept and not begun
 * @param seen when the mailbox had last changed, as the lease's connections know it
 * @param begunAt by this node's clock; its minute is the one that limits count it in
 */
public record Begin(Lease lease, Instant seen, Instant begunAt) {
    Instant minute() {
        return begunAt.truncatedTo(ChronoUnit.MINUTES);
    }
}
