package dev.postrider.lab.failover;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/**
 * The longest time in which nothing happened that should happen all the time.
 *
 * @param end when it happened again
 */
record Pause(Duration length, Instant end) {

    /**
     * Looks from one moment to another.
     *
     * @param happened in any order, others among them
     */
    static Pause between(Instant begin, Instant end, Collection<Instant> happened) {
        var longest = new Pause(Duration.ZERO, begin);
        var last = begin;
        var inside =
                happened.stream()
                        .filter(at -> at.isAfter(begin) && at.isBefore(end))
                        .sorted()
                        .toList();
        for (var at : inside) {
            longest = longest.orLonger(last, at);
            last = at;
        }
        return longest.orLonger(last, end);
    }

    private Pause orLonger(Instant from, Instant to) {
        var other = Duration.between(from, to);
        return other.compareTo(length) > 0 ? new Pause(other, to) : this;
    }

    /** Seconds with a tenth. */
    String text() {
        return "%.1f".formatted(length.toMillis() / 1_000.0);
    }
}
