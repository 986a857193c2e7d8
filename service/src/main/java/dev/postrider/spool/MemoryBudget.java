package dev.postrider.spool;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A budget of octets, of memory or of disk, that workspaces share: none gets more than half of it,
 * however many requests it makes, so there is room for another's. What is smaller than a unit costs
 * nothing; what is larger than a share gets the share. First come, first served. Safe for
 * concurrent use.
 */
public final class MemoryBudget {
    private static final int UNIT = 64 * 1024;

    private final int share;
    private final Semaphore free;

    /** Those who hold something or wait for it; guarded by itself. */
    private final Map<UUID, Share> shares = new HashMap<>();

    /** What a workspace may still take; {@code users} is guarded by the map. */
    private static final class Share {
        private final Semaphore free;
        private int users;

        private Share(int units) {
            this.free = new Semaphore(units, true);
        }
    }

    public MemoryBudget(long octets) {
        var units = Math.toIntExact(Math.max(2, octets / UNIT));
        this.share = units / 2;
        this.free = new Semaphore(units, true);
    }

    /** Begins to hold nothing, for a workspace. */
    public Held open(UUID workspace) {
        synchronized (shares) {
            var mine = shares.computeIfAbsent(workspace, _ -> new Share(share));
            mine.users++;
            return new Held(workspace, mine);
        }
    }

    private void leave(UUID workspace, Share mine) {
        synchronized (shares) {
            mine.users--;
            if (mine.users == 0) {
                shares.remove(workspace);
            }
        }
    }

    /** What one request holds. For one thread at a time. */
    public final class Held implements AutoCloseable {
        private final UUID workspace;
        private final Share mine;
        private int held;
        private boolean isClosed;

        private Held(UUID workspace, Share mine) {
            this.workspace = workspace;
            this.mine = mine;
        }

        /**
         * Holds so many octets in all from now on.
         *
         * @return false when there was no room for them in time; what was held before still is
         */
        public boolean grow(long octets, Duration patience) throws InterruptedException {
            var more = (int) Math.min(octets / UNIT, share) - held;
            if (more <= 0) {
                return true;
            }
            var end = System.nanoTime() + patience.toNanos();
            if (!mine.free.tryAcquire(more, patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
            var isGranted = false;
            try {
                isGranted = free.tryAcquire(more, end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } finally {
                if (!isGranted) {
                    mine.free.release(more);
                }
            }
            held += isGranted ? more : 0;
            return isGranted;
        }

        /** Gives all of it back, once. */
        @Override
        public void close() {
            if (!isClosed) {
                isClosed = true;
                free.release(held);
                mine.free.release(held);
                leave(workspace, mine);
            }
        }
    }
}
