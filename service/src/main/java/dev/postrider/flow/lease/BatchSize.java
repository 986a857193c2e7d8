package dev.postrider.flow.lease;

import java.time.Duration;

/**
 * How many emails a connection takes at once: as many as it sends in a quarter of a second. What is
 * taken is marked begun, so a crash leaves no more than that unknown; a fast server gets many with
 * each commit all the same. For one thread.
 */
final class BatchSize {
    private static final double TARGET_NANOS = Duration.ofMillis(250).toNanos();
    static final int FIRST = 4;
    private static final int MOST = 100;

    private int messages = FIRST;

    int messages() {
        return messages;
    }

    /** So many took so long. */
    void sent(int count, long nanos) {
        var fitting = count * TARGET_NANOS / Math.max(1, nanos);
        messages = Math.clamp((long) fitting, 1, Math.min(MOST, messages * 4));
    }
}
