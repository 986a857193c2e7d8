package dev.postrider.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Times as requests write them (RFC 3339), of the years that it and the database have. */
public final class IsoTime {
    /** What is said of a text that is none. */
    public static final String ERROR =
            "must be a time with an offset, such as 2026-12-24T18:00:00Z";

    private static final int LAST_YEAR = 9_999;

    private IsoTime() {}

    /** Empty when the text is none. */
    public static Optional<Instant> parse(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text))
                    .filter(time -> time.getYear() >= 0 && time.getYear() <= LAST_YEAR)
                    .map(OffsetDateTime::toInstant);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
