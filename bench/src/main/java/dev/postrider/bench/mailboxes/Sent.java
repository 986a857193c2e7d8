package dev.postrider.bench.mailboxes;

import dev.postrider.bench.rig.Percentiles;
import dev.postrider.bench.rig.ProcessCost;
import dev.postrider.bench.rig.SubmissionSink;
import java.io.IOException;

/**
 * What sending some emails came to.
 *
 * @param seconds from the first email's beginning until the sink had taken the last
 * @param latency from an email's beginning until the sink had taken it
 * @param resumed of the connections, by an earlier one's TLS session
 */
record Sent(
        String title,
        int emails,
        double seconds,
        Percentiles latency,
        long connections,
        long resumed,
        double senderMicros,
        double databaseMicros,
        double sinkMicros) {
    private static final int PATIENCE = 60;

    static Sent of(
            String title, Sender sender, SubmissionSink sink, int first, int emails, int rate)
            throws IOException, InterruptedException {
        var counts = sink.counts();
        var micros = sender.micros();
        var database = sender.databaseMicros();
        var sinkMicros = ProcessCost.micros(sink.pid());
        var begun = System.nanoTime();
        var times = sender.send(first, emails, rate);
        sink.awaitMessages(counts.messages() + emails, PATIENCE);
        var seconds = (System.nanoTime() - begun) / 1e9;
        var costs = sender.micros() - micros;
        var databaseCosts = sender.databaseMicros() - database;
        var sinkCosts = ProcessCost.micros(sink.pid()) - sinkMicros;
        var after = sink.counts();
        var taken = sink.taken();
        var latency =
                times.entrySet().stream()
                        .filter(each -> taken.containsKey(each.getKey()))
                        .mapToLong(each -> taken.getOrDefault(each.getKey(), 0L) - each.getValue())
                        .toArray();
        return new Sent(
                title,
                emails,
                seconds,
                Percentiles.of(latency),
                after.connections() - counts.connections(),
                after.resumed() - counts.resumed(),
                costs,
                databaseCosts,
                sinkCosts);
    }

    double perSecond() {
        return emails / seconds;
    }

    double connectsPerSecond() {
        return connections / seconds;
    }

    double resumedPercent() {
        return 100.0 * resumed / connections;
    }

    double senderMicrosEach() {
        return senderMicros / emails;
    }

    double databaseMicrosEach() {
        return databaseMicros / emails;
    }

    double sinkMicrosEach() {
        return sinkMicros / emails;
    }
}
