package dev.postrider.lab.crash;

import java.time.Instant;

/** A time. */
record Period(Instant begin, Instant end) {
    boolean contains(Instant moment) {
        return !moment.isBefore(begin) && !moment.isAfter(end);
    }
}
