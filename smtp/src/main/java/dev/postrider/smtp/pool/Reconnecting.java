package dev.postrider.smtp.pool;

import dev.postrider.smtp.connect.Opening;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * When a pool may connect (a circuit breaker with back-off): one thread alone until a connection
 * has succeeded, so that a wrong password fails once and not once a thread, and nobody for a
 * growing while after a failure. Guarded by its pool's lock.
 */
final class Reconnecting {
    private static final long FIRST_PAUSE = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMinutes(1).toNanos();

    private Opening.@Nullable Failed failure;
    private long pauseEnds;
    private long pause = FIRST_PAUSE;
    private boolean proven;
    private boolean probing;

    /** Why nobody should try now, or null. */
    Opening.@Nullable Failed stillFailed(long now) {
        return failure != null && now - pauseEnds < 0 ? failure : null;
    }

    boolean mayTry() {
        return proven || !probing;
    }

    void trying() {
        probing = !proven;
    }

    void succeeded() {
        proven = true;
        probing = false;
        failure = null;
        pause = FIRST_PAUSE;
    }

    void failed(Opening.Failed why, long now) {
        proven = false;
        probing = false;
        if (stillFailed(now) != null) {
            // Tries that were under way together fail together: that is one failure.
            return;
        }
        failure = why;
        // Half of it by chance, so that pools that failed together don't come back together.
        long half = pause / 2;
        pauseEnds = now + half + ThreadLocalRandom.current().nextLong(half + 1);
        pause = Math.min(2 * pause, LONGEST_PAUSE);
    }

    /** The try says nothing about the server. */
    void canceled() {
        probing = false;
    }

    /**
     * What failed says nothing about the next try; should it fail, too, the pause goes on growing.
     */
    void forget() {
        failure = null;
    }
}
