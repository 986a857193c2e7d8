package dev.postrider.bench.emails;

import dev.postrider.bench.rig.Memory;
import dev.postrider.bench.rig.ProcessCost;
import dev.postrider.bench.rig.ProgramRig;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * What a load came to.
 *
 * @param latencies nanoseconds from request to answer, ascending
 * @param allocated octets that the program allocated
 * @param live octets of its heap that were in use at most beyond those before; 0 when nobody looked
 * @param program microseconds of its processor time
 * @param database the same of PostgreSQL's
 */
record Measurement(
        double seconds,
        List<Long> latencies,
        long allocated,
        long live,
        long transactions,
        double program,
        double database) {
    Measurement {
        latencies = List.copyOf(latencies);
    }

    static Measurement of(Load load, Duration time, ProgramRig rig, Memory memory, boolean watched)
            throws IOException, InterruptedException, SQLException {
        var idle = watched ? memory.live() : 0;
        var transactions = rig.transactions();
        var program = ProcessCost.micros(rig.pid());
        var database = ProcessCost.microsOfTree(rig.databasePid());
        var allocated = memory.allocated();
        var begun = System.nanoTime();
        var live = 0L;
        List<Long> latencies;
        if (watched) {
            try (var watch = memory.new Watch()) {
                latencies = load.run(time.toNanos());
                live = watch.most() - idle;
            }
        } else {
            latencies = load.run(time.toNanos());
        }
        return new Measurement(
                (System.nanoTime() - begun) / 1e9,
                latencies,
                memory.allocated() - allocated,
                live,
                rig.transactions() - transactions,
                ProcessCost.micros(rig.pid()) - program,
                ProcessCost.microsOfTree(rig.databasePid()) - database);
    }

    int count() {
        return latencies.size();
    }

    double perSecond() {
        return count() / seconds;
    }

    /** In milliseconds. */
    double percentile(int percent) {
        return latencies.get((int) ((latencies.size() - 1) * (long) percent / 100)) / 1e6;
    }

    double programMicros() {
        return program / count();
    }

    double databaseMicros() {
        return database / count();
    }

    double transactionsEach() {
        return transactions / (double) count();
    }

    double allocatedBytes() {
        return allocated / (double) count();
    }
}
