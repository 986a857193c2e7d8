package dev.postrider.transport.api.reply;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How long an API asks to be left alone: by {@code Retry-After} in either of its forms (RFC 9110
 * section 10.2.3), or in words, as Gmail does.
 */
public final class RetryAfter {
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Pattern IN_WORDS =
            Pattern.compile(
                    "Retry after (\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?Z)");

    private RetryAfter() {}

    /** Never less than nothing nor more than a day; empty when it says nothing that can be read. */
    public static Optional<Duration> of(ApiReply reply, ApiError error, Instant now) {
        return reply.header("retry-after")
                .flatMap(value -> seconds(value).or(() -> date(value, now)))
                .or(() -> inWords(error.words(), now))
                .map(RetryAfter::bounded);
    }

    private static Optional<Duration> seconds(String value) {
        return value.matches("[0-9]{1,9}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
                : Optional.empty();
    }

    private static Optional<Duration> date(String value, Instant now) {
        try {
            return Optional.of(
                    Duration.between(
                            now,
                            ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant()));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> inWords(String words, Instant now) {
        var found = IN_WORDS.matcher(words);
        if (!found.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Duration.between(now, Instant.parse(found.group(1))));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration time) {
        if (time.isNegative()) {
            return Duration.ZERO;
        }
        return time.compareTo(LONGEST) > 0 ? LONGEST : time;
    }
}
