package dev.postrider.flow.settle;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to try again: the wait doubles with each attempt up to a longest, and each wait is drawn
 * evenly from nothing to that (full jitter), so that emails which failed together don't come back
 * together.
 */
public record RetrySchedule(Duration first, Duration longest) {
    /** For people who wait: 1, 2, 4 … minutes, at most 4 hours. */
    public static final RetrySchedule STANDARD =
            new RetrySchedule(Duration.ofMinutes(1), Duration.ofHours(4));

    private static final Duration SHORTEST = Duration.ofSeconds(5);

    Duration after(int attempts, RandomGenerator random) {
        var doublings = Math.min(Math.max(attempts - 1, 0), 30);
        var ceiling = Math.min(first.toMillis() << doublings, longest.toMillis());
        var wait = Duration.ofMillis(random.nextLong(ceiling + 1));
        return wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
    }
}
