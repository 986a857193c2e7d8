package dev.postrider.door.console;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A time for people.
 *
 * @param iso for programs
 * @param text as short as it can be told today
 * @param whole with its seconds and its zone
 */
public record Moment(String iso, String text, String whole) {
    private static final DateTimeFormatter OF_DAY = pattern("HH:mm");
    private static final DateTimeFormatter OF_YEAR = pattern("d MMM, HH:mm");
    private static final DateTimeFormatter OLDER = pattern("d MMM yyyy, HH:mm");
    private static final DateTimeFormatter WHOLE = pattern("EEEE, d MMMM yyyy, HH:mm:ss z");

    private static DateTimeFormatter pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    static Moment of(Instant at, ZoneId zone, Instant now) {
        var then = at.atZone(zone);
        return new Moment(
                at.toString(), shortest(now.atZone(zone), then).format(then), WHOLE.format(then));
    }

    private static DateTimeFormatter shortest(ZonedDateTime today, ZonedDateTime then) {
        if (today.toLocalDate().equals(then.toLocalDate())) {
            return OF_DAY;
        }
        return today.getYear() == then.getYear() ? OF_YEAR : OLDER;
    }
}
