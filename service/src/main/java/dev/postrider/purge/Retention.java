package dev.postrider.purge;

import java.time.Duration;

/**
 * How long what has ended is kept.
 *
 * @param contents messages: without its message an email can neither be shown nor sent again
 * @param history all else of emails: states, recipients, attempts; and events, a week at least
 * @param audit entries of the audit log; the database itself refuses to delete younger ones than
 *     {@link #LEAST_AUDIT}
 */
public record Retention(Duration contents, Duration history, Duration audit) {
    public static final Duration LEAST_AUDIT = Duration.ofDays(90);
}
