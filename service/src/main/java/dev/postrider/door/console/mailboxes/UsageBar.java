package dev.postrider.door.console.mailboxes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How far a mailbox is into one of its limits.
 *
 * @param what of what, one of them
 * @param span within which time
 * @param limit zero for none
 */
public record UsageBar(String what, String span, long used, long limit) {
    private static final String DAY = "in 24 hours";
    private static final int FULL = 100;
    private static final int NEARLY = 80;

    /** The day's messages and recipients, and the minute's messages where they are limited. */
    static List<UsageBar> of(JsonNode mailbox) {
        var used = mailbox.path("used_24h");
        var limits = mailbox.path("effective_limits");
        var minute =
                new UsageBar(
                        "message",
                        "in the last minute",
                        used.path("messages_last_minute").asLong(),
                        limits.path("messages_per_minute").asLong());
        return Stream.concat(
                        Stream.of(
                                new UsageBar(
                                        "message",
                                        DAY,
                                        used.path("messages").asLong(),
                                        limits.path("messages_per_day").asLong()),
                                new UsageBar(
                                        "recipient",
                                        DAY,
                                        used.path("recipients").asLong(),
                                        limits.path("recipients_per_day").asLong())),
                        Stream.of(minute).filter(UsageBar::hasLimit))
                .toList();
    }

    /** The one that is nearest to its limit. */
    static UsageBar nearest(JsonNode mailbox) {
        return of(mailbox).stream()
                .limit(2)
                .max(Comparator.comparingInt(UsageBar::percent))
                .orElseThrow();
    }

    public boolean hasLimit() {
        return limit > 0;
    }

    public int percent() {
        return limit == 0 ? 0 : (int) Math.min(FULL, used * FULL / limit);
    }

    public String tone() {
        return percent() >= FULL ? "bad" : percent() >= NEARLY ? "warn" : "";
    }

    public String text() {
        return brief() + " " + span;
    }

    /** Without the time. */
    public String brief() {
        return limit == 0
                ? counted(used, what)
                : "%s of %s".formatted(number(used), counted(limit, what));
    }

    /** One message, two messages. */
    static String counted(long number, String what) {
        return number(number) + " " + what + (number == 1 ? "" : "s");
    }

    /** As people write it: 12,000. */
    static String number(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }
}
