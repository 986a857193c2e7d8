package dev.postrider.bench.apis;

import java.util.List;

/**
 * What happened between two readings.
 *
 * @param latencies nanoseconds until an email was taken, ascending; none where nobody looked
 * @param peakMegabytes that the program, or the loop, had resident since it started
 */
record Measurement(Reading before, Reading after, List<Long> latencies, long peakMegabytes) {
    Measurement {
        latencies = latencies.stream().sorted().toList();
    }

    private double seconds() {
        return (after.at() - before.at()) / 1e9;
    }

    private long sent() {
        return after.taken() - before.taken();
    }

    double perSecond() {
        return sent() / seconds();
    }

    double programMicros() {
        return (after.program() - before.program()) / sent();
    }

    double databaseMicros() {
        return (after.database() - before.database()) / sent();
    }

    double serversMicros() {
        return (after.servers() - before.servers()) / sent();
    }

    double transactionsEach() {
        return (after.transactions() - before.transactions()) / (double) sent();
    }

    double connectionsEach() {
        return (after.connections() - before.connections()) / (double) sent();
    }

    /** In milliseconds; not a number when nothing was timed. */
    double percentile(int percent) {
        return latencies.isEmpty()
                ? Double.NaN
                : latencies.get((int) ((latencies.size() - 1) * (long) percent / 100)) / 1e6;
    }
}
