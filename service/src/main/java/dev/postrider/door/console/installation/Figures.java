package dev.postrider.door.console.installation;

import dev.postrider.door.console.Numbers;
import java.time.Duration;

/** Numbers as people read them. */
final class Figures {
    /** The API counts no further. */
    private static final long COUNTED = 100_000;

    private Figures() {}

    static String counted(long count) {
        return count >= COUNTED ? Numbers.of(COUNTED) + " or more" : Numbers.of(count);
    }

    static String duration(long seconds) {
        var time = Duration.ofSeconds(seconds);
        if (time.toDays() >= 2 && time.toHoursPart() == 0) {
            return Numbers.of(time.toDays()) + " days";
        }
        return time.toHours() >= 2 ? time.toHours() + " hours" : time.toMinutes() + " minutes";
    }
}
