package dev.postrider.smtp.pool;

import java.time.Duration;

/**
 * How many connections a pool may have: fewer than its limit once the server has refused one, and
 * one more after each while without a refusal. Guarded by its pool's lock.
 */
final class AllowedConnections {
    private static final long GROWS_AFTER = Duration.ofMinutes(1).toNanos();

    private final int limit;
    private int allowed;
    private long growsAt;

    AllowedConnections(int limit) {
        this.limit = limit;
        this.allowed = limit;
    }

    int at(long now) {
        if (allowed < limit && now - growsAt >= 0) {
            allowed++;
            growsAt = now + GROWS_AFTER;
        }
        return allowed;
    }

    /** The server has refused another one while so many stand. */
    void refusedBeside(int standing, long now) {
        allowed = Math.max(1, standing);
        growsAt = now + GROWS_AFTER;
    }
}
