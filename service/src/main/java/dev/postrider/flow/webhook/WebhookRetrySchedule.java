package dev.postrider.flow.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a call is made again (back-off): the waits that Standard Webhooks advises, about three days
 * in all, each longer by up to a fifth (jitter), so that what failed together doesn't come back
 * together.
 */
record WebhookRetrySchedule(RandomGenerator random) {
    private static final List<Duration> WAITS =
            List.of(
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(5),
                    Duration.ofHours(10),
                    Duration.ofHours(14),
                    Duration.ofHours(20),
                    Duration.ofHours(24));
    private static final Duration LONGEST_PAUSE = Duration.ofHours(24);

    /**
     * The wait after a failed attempt.
     *
     * @param attempts how many have failed
     * @param asked the pause that the endpoint asked for; a day at most is granted
     * @return empty when that was the last attempt
     */
    Optional<Duration> after(int attempts, Optional<Duration> asked) {
        if (attempts > WAITS.size()) {
            return Optional.empty();
        }
        var millis = WAITS.get(attempts - 1).toMillis();
        var wait = Duration.ofMillis(millis + random.nextLong(millis / 5 + 1));
        var pause = pause(asked);
        return Optional.of(wait.compareTo(pause) < 0 ? pause : wait);
    }

    /** How long the whole endpoint is left in peace. */
    static Duration pause(Optional<Duration> asked) {
        var pause = asked.orElse(Duration.ZERO);
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
