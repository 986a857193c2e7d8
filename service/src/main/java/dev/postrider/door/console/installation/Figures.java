package dev.postrider.door.console.installation;

import dev.postrider.door.console.Numbers;
import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class Figures {
    /** The API counts no further. */
    private static final long COUNTED = 100_000;

    private static final String[] UNITS = {"KB", "MB", "GB", "TB"};

    private Figures() {}

    static String counted(long count) {
        return count >= COUNTED ? Numbers.of(COUNTED) + " or more" : Numbers.of(count);
    }

    static String octets(long octets) {
        if (octets < 1_000) {
            return octets + " bytes";
        }
        var size = (double) octets;
        var unit = -1;
        while (size >= 999.5 && unit < UNITS.length - 1) {
            size /= 1_000;
            unit++;
        }
        return String.format(
                Locale.ENGLISH, size < 9.95 ? "%.1f %s" : "%.0f %s", size, UNITS[unit]);
    }

    static String duration(long seconds) {
        var time = Duration.ofSeconds(seconds);
        if (time.toDays() >= 2 && time.toHoursPart() == 0) {
            return Numbers.of(time.toDays()) + " days";
        }
        return time.toHours() >= 2 ? time.toHours() + " hours" : time.toMinutes() + " minutes";
    }
}
