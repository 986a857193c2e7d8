package dev.postrider.bench.emails;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** The page in Markdown. */
final class EmailsReport {
    private static final double MEGABYTE = 1e6;

    private static final String RATES =
            """
            | email | clients | accepted/s | p50 ms | p99 ms | program µs | PostgreSQL µs | allocated KB | transactions |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            """;

    private static final String MEMORY =
            """

            The same with its heap watched: it is collected again and again, which takes most of the processors' time, so the times are no
            measure. *Live* is the most that was in use after a collection, beyond what the idle program has.

            | email | clients | emails | live MB | allocated MB an email |
            | --- | ---: | ---: | ---: | ---: |
            """;

    private EmailsReport() {}

    static String of(
            Duration time, Map<Scenario, Measurement> rates, Map<Scenario, Measurement> memory) {
        var page =
                new StringBuilder(
                        """
                        # What taking an email costs

                        `POST /emails` with an API key until the answer, which comes after the commit (`fsync = on`, `synchronous_commit = on`), on one
                        machine: `./postrider serve` with the PostgreSQL that it brings and the settings it comes with, its clients beside it. The emails are scheduled
                        for another day, so nothing else goes on. Attachments come in base64. `./postrider bench emails` makes this page.
                        %d processors, %s %s, %s %s.

                        Each row has a new program and a new database, 15 s to warm up, and is measured for %d s. Processor time is what Linux counts for the
                        processes, the kernel's work for them included; allocated is what all threads of the JVM together did; both, and PostgreSQL's
                        transactions, by email.

                        """
                                .formatted(
                                        Runtime.getRuntime().availableProcessors(),
                                        System.getProperty("java.vm.name"),
                                        System.getProperty("java.vm.version"),
                                        System.getProperty("os.name"),
                                        System.getProperty("os.version"),
                                        time.toSeconds()));
        page.append(RATES);
        rates.forEach((scenario, one) -> page.append(rate(scenario, one)));
        page.append(MEMORY);
        memory.forEach((scenario, one) -> page.append(memory(scenario, one)));
        return page.toString();
    }

    static String rate(Scenario scenario, Measurement one) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %,.0f | %.1f | %.1f | %,.0f | %,.0f | %,.0f | %.3f |%n",
                scenario.title(),
                scenario.clients(),
                one.perSecond(),
                one.percentile(50),
                one.percentile(99),
                one.programMicros(),
                one.databaseMicros(),
                one.allocatedBytes() / 1_000,
                one.transactionsEach());
    }

    static String memory(Scenario scenario, Measurement one) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %.1f | %.1f |%n",
                scenario.title(),
                scenario.clients(),
                one.count(),
                one.live() / MEGABYTE,
                one.allocatedBytes() / MEGABYTE);
    }
}
