package dev.postrider.mailbox.health;

import java.time.Instant;
import java.util.Optional;

/**
 * When a mailbox has lately sent something, and when something came to nothing, among the emails of
 * it that ended last.
 *
 * @param failedAt refused, failed or unknown ones
 */
public record LatestEnds(Optional<Instant> sentAt, Optional<Instant> failedAt) {
    public static final LatestEnds NONE = new LatestEnds(Optional.empty(), Optional.empty());
}
