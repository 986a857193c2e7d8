package dev.postrider.spool;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * MemoryBudget for a number of octets at once. What is larger than all of it gets it alone; what is
 * smaller than a unit costs nothing. Who came first enters first. Safe for concurrent use.
 */
public final class MemoryBudget {
    private static final int UNIT = 64 * 1024;

    private final int units;
    private final Semaphore free;

    public MemoryBudget(long octets) {
        this.units = Math.toIntExact(Math.max(1, octets / UNIT));
        this.free = new Semaphore(units, true);
    }

    /** MemoryBudget for so many octets; empty when there was none in time. */
    public Optional<Held> enter(long octets, Duration patience) throws InterruptedException {
        var needed = (int) Math.min(octets / UNIT, units);
        // a fair semaphore would let even one who needs nothing wait behind the others
        return needed == 0 || free.tryAcquire(needed, patience.toMillis(), TimeUnit.MILLISECONDS)
                ? Optional.of(new Held(needed))
                : Optional.empty();
    }

    /** MemoryBudget that one has. For one thread. */
    public final class Held implements AutoCloseable {
        private int held;

        private Held(int held) {
            this.held = held;
        }

        /** Keeps the room beyond this scope; what is returned gives it back, once. */
        Runnable keep() {
            var kept = new Held(held);
            held = 0;
            return kept::close;
        }

        @Override
        public void close() {
            free.release(held);
            held = 0;
        }
    }
}
