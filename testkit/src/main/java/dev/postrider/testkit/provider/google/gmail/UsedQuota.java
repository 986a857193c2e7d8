package dev.postrider.testkit.provider.google.gmail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What a user has used of the minute's units and of the day's messages. Its own lock guards it. */
final class UsedQuota {
    private static final Duration DAY = Duration.ofDays(1);

    private final Deque<Instant> messages = new ArrayDeque<>();
    private long minute;
    private long units;

    /** False when the minute of the clock has no more of them. */
    synchronized boolean take(Instant now, int cost, long limit) {
        long current = now.getEpochSecond() / 60;
        if (current != minute) {
            minute = current;
            units = 0;
        }
        if (units + cost > limit) {
            return false;
        }
        units += cost;
        return true;
    }

    /** Empty when one more may be sent; else when the oldest of the day's leaves it. */
    synchronized Optional<Instant> fullUntil(Instant now, long limit) {
        if (limit == Long.MAX_VALUE) {
            return Optional.empty();
        }
        while (!messages.isEmpty() && !messages.peek().plus(DAY).isAfter(now)) {
            messages.remove();
        }
        if (messages.size() < limit) {
            return Optional.empty();
        }
        return Optional.of(messages.isEmpty() ? now.plus(DAY) : messages.getFirst().plus(DAY));
    }

    synchronized void countMessage(Instant now, long limit) {
        if (limit != Long.MAX_VALUE) {
            messages.add(now);
        }
    }
}
