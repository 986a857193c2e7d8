package dev.postrider.flow.accept;

import dev.postrider.http.Fields;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * When an email should leave: ISO 8601 with an offset ({@code 2026-12-24T18:00:00Z}, a space may
 * stand for the T), or {@code in 90 minutes}.
 */
public final class ScheduledTime {
    /** How far ahead. */
    static final Duration LONGEST = Duration.ofDays(365);

    /** Characters that are looked at. */
    public static final int MAX_LENGTH = 64;

    private static final Pattern FROM_NOW =
            Pattern.compile(
                    "in (an?|[0-9]{1,6}) (sec|second|min|minute|hour|day|week)s?",
                    Pattern.CASE_INSENSITIVE);

    private static final DateTimeFormatter ISO =
            new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .appendPattern("['T'][' ']")
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .appendPattern("[' ']")
                    .appendPattern("[XXX][XX][X]")
                    .toFormatter(Locale.ROOT);

    private ScheduledTime() {}

    /** A request's {@code scheduled_at}; one that has passed is now. */
    public static Optional<Instant> in(Fields email, Instant now) {
        var text = email.optionalText("scheduled_at", MAX_LENGTH);
        var time = text.flatMap(asked -> parse(asked, now));
        if (text.isPresent() && time.isEmpty()) {
            email.error(
                    "scheduled_at",
                    "must be a time with its offset, such as 2026-12-24T18:00:00Z, or such as"
                            + " 'in 90 minutes'");
        }
        if (time.isPresent() && time.get().isAfter(now.plus(LONGEST))) {
            email.error("scheduled_at", "is more than " + LONGEST.toDays() + " days ahead");
            return Optional.empty();
        }
        return time;
    }

    /** Empty when it can't be understood. */
    public static Optional<Instant> parse(String text, Instant now) {
        var asked = text.strip();
        var fromNow = FROM_NOW.matcher(asked);
        if (fromNow.matches()) {
            return Optional.of(now.plus(duration(fromNow.group(1), fromNow.group(2))));
        }
        try {
            return Optional.of(OffsetDateTime.parse(asked, ISO).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Duration duration(String count, String unit) {
        var of =
                switch (unit.toLowerCase(Locale.ROOT)) {
                    case "sec", "second" -> Duration.ofSeconds(1);
                    case "min", "minute" -> Duration.ofMinutes(1);
                    case "hour" -> Duration.ofHours(1);
                    case "day" -> Duration.ofDays(1);
                    case String _ -> Duration.ofDays(7);
                };
        return Character.isDigit(count.charAt(0)) ? of.multipliedBy(Long.parseLong(count)) : of;
    }
}
