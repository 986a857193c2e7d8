package dev.postrider.bench.flow;

import dev.postrider.bench.rig.ProcessCost;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * What happened between two readings.
 *
 * @param latencies nanoseconds from request to sink, or to the answer where a caller waits;
 *     ascending; none behind a backlog
 * @param peakMegabytes of the program's JVM since it started
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
record Measurement(Reading before, Reading after, long[] latencies, long peakMegabytes) {

    static Measurement over(Duration time, Rig rig, Generator generator, Scenario.Kind kind)
            throws IOException, SQLException, InterruptedException {
        var before = Reading.of(rig, generator);
        Thread.sleep(time);
        var after = Reading.of(rig, generator);
        var ledger = rig.ledger();
        var latencies =
                switch (kind) {
                    case FULL -> ledger.untilTaken(before.at(), after.at(), generator.next());
                    case BACKLOG -> new long[0];
                    case AWAITED, AWAITED_POSTFIX ->
                            ledger.untilAnswered(before.at(), after.at(), generator.next());
                };
        return new Measurement(
                before, after, latencies, ProcessCost.peakMegabytes(rig.program().pid()));
    }

    double seconds() {
        return (after.at() - before.at()) / 1e9;
    }

    double acceptedPerSecond() {
        return (after.accepted() - before.accepted()) / seconds();
    }

    double sentPerSecond() {
        return sent() / seconds();
    }

    long sent() {
        return after.taken() - before.taken();
    }

    double transactionsEach() {
        return (after.transactions() - before.transactions()) / (double) sent();
    }

    double programMicros() {
        return (after.program() - before.program()) / sent();
    }

    double databaseMicros() {
        return (after.database() - before.database()) / sent();
    }

    double sinkMicros() {
        return (after.sink() - before.sink()) / sent();
    }

    double generatorMicros() {
        return (after.generator() - before.generator()) / sent();
    }

    /** In milliseconds; not a number when nothing was timed. */
    double percentile(int percent) {
        return latencies.length == 0
                ? Double.NaN
                : latencies[(int) ((latencies.length - 1) * (long) percent / 100)] / 1e6;
    }
}
