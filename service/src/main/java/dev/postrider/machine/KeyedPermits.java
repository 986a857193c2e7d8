package dev.postrider.machine;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Permits of which each key has so many: the share of a workspace, say, of what all have. A key is
 * remembered for as long as somebody holds one of its permits or waits for one. Safe for concurrent
 * use.
 */
public final class KeyedPermits<K> {
    /** Guarded by itself. */
    private final Map<K, Permits> keys = new HashMap<>();

    /** Those of a key; {@code users} is guarded by the map. */
    private static final class Permits {
        private final Semaphore free;
        private int users;

        private Permits(int each) {
            this.free = new Semaphore(each, true);
        }
    }

    /**
     * Takes a permit, first come, first served.
     *
     * @param each how many the key has, always the same
     * @return false when none was free in time
     */
    public boolean tryAcquire(K key, int each, Duration patience) throws InterruptedException {
        Permits permits;
        synchronized (keys) {
            permits = keys.computeIfAbsent(key, _ -> new Permits(each));
            permits.users++;
        }
        var isGranted = false;
        try {
            isGranted = permits.free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
            return isGranted;
        } finally {
            if (!isGranted) {
                leave(key, permits);
            }
        }
    }

    /** Gives back what was taken. */
    public void release(K key) {
        synchronized (keys) {
            var permits = Objects.requireNonNull(keys.get(key));
            permits.free.release();
            leave(key, permits);
        }
    }

    private void leave(K key, Permits permits) {
        synchronized (keys) {
            permits.users--;
            if (permits.users == 0) {
                keys.remove(key);
            }
        }
    }
}
