package dev.postrider.flow.store.change;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The Date field that a message of ours begins with (RFC 5322, 3.6.1). */
final class DateHeader {
    /** Of a message, so many octets hold it. */
    static final int LONGEST = 64;

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss xx", Locale.US);

    private DateHeader() {}

    static byte[] of(Instant time) {
        return ("Date: " + DATE.format(time.atOffset(ZoneOffset.UTC)) + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * How many octets it takes at the beginning of a message.
     *
     * @throws IllegalStateException when there is none
     */
    static int length(byte[] beginning) {
        var text = new String(beginning, StandardCharsets.ISO_8859_1);
        var end = text.indexOf("\r\n");
        if (!text.startsWith("Date: ") || end < 0) {
            throw new IllegalStateException("a message that is said to begin with a Date doesn't");
        }
        return end + 2;
    }
}
