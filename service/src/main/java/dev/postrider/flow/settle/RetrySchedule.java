package dev.postrider.flow.settle;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to try again (exponential back-off): the wait doubles with each attempt up to a longest, and
 * each wait is drawn evenly from nothing to that (full jitter), so that emails which failed
 * together don't come back together.
 */
public record RetrySchedule(Duration first, Duration longest) {
    /** Far beyond any wait, and far from where its milliseconds would overflow. */
    private static final Duration LIMIT = Duration.ofDays(365);

    /** For people who wait: 1, 2, 4 … minutes, at most 4 hours. */
    public static final RetrySchedule STANDARD =
            new RetrySchedule(Duration.ofMinutes(1), Duration.ofHours(4));

    private static final int SHORTEST_SECONDS = 5;

    public RetrySchedule {
        if (!first.isPositive() || longest.compareTo(first) < 0 || longest.compareTo(LIMIT) > 0) {
            throw new IllegalArgumentException(
                    "waits from " + first + " to " + longest + " are no schedule");
        }
    }

    /**
     * Draws the wait after that many attempts, at least {@value #SHORTEST_SECONDS} seconds, or the
     * first wait when that is shorter: a server that has just said "later" isn't asked again at
     * once.
     */
    Duration after(int attempts, RandomGenerator random) {
        var wait = Duration.ofMillis(random.nextLong(ceiling(attempts).toMillis() + 1));
        var shortest = Duration.ofSeconds(SHORTEST_SECONDS);
        var least = first.compareTo(shortest) < 0 ? first : shortest;
        return wait.compareTo(least) < 0 ? least : wait;
    }

    private Duration ceiling(int attempts) {
        var ceiling = first;
        for (var i = 1; i < attempts && ceiling.compareTo(longest) < 0; i++) {
            ceiling = ceiling.multipliedBy(2);
        }
        return ceiling.compareTo(longest) < 0 ? ceiling : longest;
    }
}
