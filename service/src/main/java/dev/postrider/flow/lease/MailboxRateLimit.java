package dev.postrider.flow.lease;

import dev.postrider.event.Limit;
import dev.postrider.flow.store.lane.MinuteUsage;
import dev.postrider.transport.SendingLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A mailbox's rate limits: what it may still send. Its lane is served by one node at a time, so the
 * count is that node's alone; what earlier leases sent comes from the database, by the minute, and
 * counts as sent at the end of its minute. For one thread at a time.
 */
final class MailboxRateLimit {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final SendingLimits limits;

    /** The last minute's messages, each with its own time; kept only where a limit asks for it. */
    private final ArrayDeque<Instant> lately = new ArrayDeque<>();

    /** The last day's, by the minute in which they were sent. */
    private final NavigableMap<Instant, MinuteUsage> day = new TreeMap<>();

    private int messages;
    private int recipients;

    /** Whether more may be sent now. */
    sealed interface Grant {
        /** So many messages, to so many recipients in all. */
        record Some(int messages, int recipients) implements Grant {}

        /** None before the time is over. */
        record None(Duration rest, int most, Limit limit) implements Grant {}
    }

    MailboxRateLimit(SendingLimits limits, List<MinuteUsage> before) {
        this.limits = limits;
        before.forEach(this::count);
        before.forEach(used -> {
            for (var i = 0; i < used.messages(); i++) {
                remember(used.minute().plus(MINUTE));
            }
        });
    }

    Grant grant(Instant now, int wanted) {
        forget(now);
        var perMinute =
                limits.messagesPerMinute().map(limit -> limit - lately.size()).orElse(wanted);
        if (perMinute <= 0) {
            return none(
                    now,
                    lately.getFirst().plus(MINUTE),
                    limits.messagesPerMinute(),
                    Limit.MESSAGES_PER_MINUTE);
        }
        var perDay = limits.messagesPerDay().map(limit -> limit - messages).orElse(wanted);
        if (perDay <= 0) {
            return none(now, firstToExpire(), limits.messagesPerDay(), Limit.MESSAGES_PER_DAY);
        }
        var left =
                limits.recipientsPerDay()
                        .map(limit -> limit - recipients)
                        .orElse(Integer.MAX_VALUE);
        if (left <= 0) {
            return none(now, firstToExpire(), limits.recipientsPerDay(), Limit.RECIPIENTS_PER_DAY);
        }
        return new Grant.Some(Math.min(wanted, Math.min(perMinute, perDay)), left);
    }

    /** The next email has more recipients than the day has left. */
    Grant.None tooManyRecipients(Instant now) {
        return none(now, firstToExpire(), limits.recipientsPerDay(), Limit.RECIPIENTS_PER_DAY);
    }

    /** Whether nothing of the day is used: then an email goes whose recipients exceed any day. */
    boolean isFresh() {
        return recipients == 0;
    }

    /** Messages are begun. */
    void use(Instant now, int messages, int recipients) {
        count(new MinuteUsage(minute(now), messages, recipients));
        for (var i = 0; i < messages; i++) {
            remember(now);
        }
    }

    /** Messages that were begun then weren't sent. */
    void giveBack(Instant then, int messages, int recipients) {
        count(new MinuteUsage(minute(then), -messages, -recipients));
        for (var i = 0; i < messages; i++) {
            lately.removeLastOccurrence(then);
        }
    }

    static Instant minute(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES);
    }

    private void remember(Instant time) {
        if (limits.messagesPerMinute().isPresent()) {
            lately.addLast(time);
        }
    }

    private void count(MinuteUsage used) {
        messages += used.messages();
        recipients += used.recipients();
        day.merge(
                used.minute(),
                used,
                (one, other) ->
                        new MinuteUsage(
                                one.minute(),
                                one.messages() + other.messages(),
                                one.recipients() + other.recipients()));
    }

    private void forget(Instant now) {
        while (!lately.isEmpty() && !lately.getFirst().plus(MINUTE).isAfter(now)) {
            lately.removeFirst();
        }
        while (!day.isEmpty() && !day.firstKey().plus(MINUTE).plus(DAY).isAfter(now)) {
            var gone = day.pollFirstEntry().getValue();
            messages -= gone.messages();
            recipients -= gone.recipients();
        }
    }

    private Instant firstToExpire() {
        return day.firstKey().plus(MINUTE).plus(DAY);
    }

    private static Grant.None none(
            Instant now, Instant until, Optional<Integer> most, Limit limit) {
        return new Grant.None(Duration.between(now, until), most.orElse(0), limit);
    }
}
