package dev.postrider.smtp.pool;

import java.time.Duration;

/**
 * How a {@link Pool} uses its server.
 *
 * @param connections how many may be open at once
 * @param messagesPerConnection after so many a connection is replaced
 * @param age after this time a connection is replaced
 * @param idle after this time without use a connection is closed
 * @param checkAfter after this time without use a connection is asked by NOOP before it is used
 *     again
 * @param firstPause how long nobody connects after a failure; doubles with each failure that
 *     follows
 * @param longestPause where that doubling ends
 */
public record PoolLimits(
        int connections,
        int messagesPerConnection,
        Duration age,
        Duration idle,
        Duration checkAfter,
        Duration firstPause,
        Duration longestPause) {

    /**
     * Modest values that the large providers accept (Microsoft 365 allows three connections a
     * mailbox).
     */
    public static final PoolLimits STANDARD =
            new PoolLimits(
                    3,
                    100,
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(1));

    public PoolLimits {
        if (connections < 1 || messagesPerConnection < 1) {
            throw new IllegalArgumentException(
                    "a pool needs a connection, and a connection a message");
        }
    }

    public PoolLimits withConnections(int other) {
        return new PoolLimits(
                other, messagesPerConnection, age, idle, checkAfter, firstPause, longestPause);
    }

    public PoolLimits withMessagesPerConnection(int other) {
        return new PoolLimits(connections, other, age, idle, checkAfter, firstPause, longestPause);
    }

    public PoolLimits withIdle(Duration other) {
        return new PoolLimits(
                connections,
                messagesPerConnection,
                age,
                other,
                checkAfter,
                firstPause,
                longestPause);
    }

    public PoolLimits withPauses(Duration first, Duration longest) {
        return new PoolLimits(
                connections, messagesPerConnection, age, idle, checkAfter, first, longest);
    }
}
