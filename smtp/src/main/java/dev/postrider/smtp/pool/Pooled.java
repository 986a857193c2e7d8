package dev.postrider.smtp.pool;

import dev.postrider.smtp.send.Connection;
import java.time.Duration;

/**
 * A connection with what its pool knows of it. Owned by its borrower's thread, or by the pool while
 * it is idle.
 */
final class Pooled {
    /** After this time a connection is replaced. */
    static final Duration AGE = Duration.ofMinutes(10);

    /** After this time without use it is asked by NOOP before it is used again. */
    static final Duration CHECK_AFTER = Duration.ofSeconds(5);

    private final Connection connection;
    private final long openedAt;
    private long idleSince;
    private int messages;

    /**
     * A fresh one.
     *
     * @param openedAt in nanoseconds of the pool's clock, like all times here
     */
    Pooled(Connection connection, long openedAt) {
        this.connection = connection;
        this.openedAt = openedAt;
    }

    Connection connection() {
        return connection;
    }

    int messages() {
        return messages;
    }

    void countMessages(int more) {
        messages += more;
    }

    void restsSince(long now) {
        idleSince = now;
    }

    /** Whether it has rested for too long. */
    boolean isOverdue(PoolLimits limits, long now) {
        return now - idleSince >= limits.idle().toNanos();
    }

    /** Whether it can be used again; may ask the server. */
    boolean isFit(PoolLimits limits, long now) {
        return !isWorn(limits, now)
                && !isOverdue(limits, now)
                && (now - idleSince < CHECK_AFTER.toNanos() || connection.isAlive());
    }

    boolean isWorn(PoolLimits limits, long now) {
        return !connection.isUsable()
                || messages >= limits.messagesPerConnection()
                || now - openedAt >= AGE.toNanos();
    }
}
