package dev.postrider.bench.flow;

import java.util.Locale;
import java.util.Map;

/** The table in Markdown. */
final class FlowReport {
    private FlowReport() {}

    static String table(Map<String, Measurement> measurements) {
        var table =
                new StringBuilder(
                        """
                        | | accepted/s | sent/s | p50 ms | p99 ms | program µs | PostgreSQL µs | sink µs | generator µs | JVM MB | transactions |
                        | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
                        """);
        measurements.forEach((title, one) ->
                table.append(
                        String.format(
                                Locale.ROOT,
                                "| %s | %,.0f | %,.0f | %s | %s | %.0f | %.0f | %.0f | %.0f | %d | %.3f |%n",
                                title,
                                one.acceptedPerSecond(),
                                one.sentPerSecond(),
                                milliseconds(one.percentile(50)),
                                milliseconds(one.percentile(99)),
                                one.programMicros(),
                                one.databaseMicros(),
                                one.sinkMicros(),
                                one.generatorMicros(),
                                one.peakMegabytes(),
                                one.transactionsEach())));
        return table.toString();
    }

    private static String milliseconds(double value) {
        return Double.isNaN(value)
                ? ""
                : String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }
}
