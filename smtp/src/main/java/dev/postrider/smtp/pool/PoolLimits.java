package dev.postrider.smtp.pool;

import java.time.Duration;

/**
 * How a {@link Pool} uses its server.
 *
 * @param connections how many may be open at once
 * @param messagesPerConnection after so many a connection is replaced
 * @param idle after this time without use a connection is closed
 */
public record PoolLimits(int connections, int messagesPerConnection, Duration idle) {
    public PoolLimits {
        if (connections < 1 || messagesPerConnection < 1) {
            throw new IllegalArgumentException(
                    "a pool needs a connection, and a connection a message");
        }
    }
}
