package dev.postrider.testkit.provider;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Goes with the system's, a while ahead of it; or stands still. Safe for concurrent use. */
public final class SettableClock implements InstantSource {

    /** Tests write them, servers read them; each has a meaning without the other. */
    private volatile Duration ahead = Duration.ZERO;

    private volatile Instant standing = Instant.MAX;

    @Override
    public Instant instant() {
        Instant fixed = standing;
        return fixed.equals(Instant.MAX) ? Instant.now().plus(ahead) : fixed;
    }

    /** Backwards by a negative time. */
    public synchronized void advance(Duration time) {
        if (standing.equals(Instant.MAX)) {
            ahead = ahead.plus(time);
        } else {
            standing = standing.plus(time);
        }
    }

    /** Until it is advanced, to the new time. */
    public synchronized void standStill(Instant time) {
        standing = time;
    }

    public Duration ahead() {
        return Duration.between(Instant.now(), instant());
    }
}
