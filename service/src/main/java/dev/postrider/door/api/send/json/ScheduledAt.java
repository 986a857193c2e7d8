package dev.postrider.door.api.send.json;

import dev.postrider.flow.accept.EmailLimits;
import dev.postrider.flow.accept.ScheduledTime;
import dev.postrider.http.Fields;
import java.time.Instant;
import java.util.Optional;

/** Reads {@code scheduled_at}. */
public final class ScheduledAt {
    private ScheduledAt() {}

    /** A request's {@code scheduled_at}; one that has passed is now. */
    public static Optional<Instant> in(Fields fields, Instant now) {
        var text = fields.optionalText("scheduled_at", ScheduledTime.MAX_LENGTH);
        var time = text.flatMap(asked -> ScheduledTime.parse(asked, now));
        if (text.isPresent() && time.isEmpty()) {
            fields.error(
                    "scheduled_at",
                    "must be a time that exists, such as 2026-12-24T18:00:00Z, 'in 90 minutes' or"
                            + " 'tomorrow at 9am'");
        }
        if (time.filter(now.plus(EmailLimits.AHEAD)::isBefore).isPresent()) {
            fields.error(
                    "scheduled_at", "is more than " + EmailLimits.AHEAD.toDays() + " days ahead");
            return Optional.empty();
        }
        return time;
    }
}
