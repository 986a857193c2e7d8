package dev.postrider.mailbox.health;

import java.time.Instant;
import java.util.Optional;

/**
 * What a mailbox has sent within the last 24 hours.
 *
 * @param lastMinute messages of the last minute, or a little more: use is counted by the minute
 * @param easesAt when the oldest of it no longer counts; empty when nothing was sent
 */
public record DayUsage(long messages, long recipients, long lastMinute, Optional<Instant> easesAt) {
    public static final DayUsage NOTHING = new DayUsage(0, 0, 0, Optional.empty());
}
