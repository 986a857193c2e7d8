package dev.postrider.bench.apis;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** The page in Markdown. */
final class ApisReport {
    private static final String COLUMNS =
            """
            | | emails/s | p50 ms | p99 ms | program µs | PostgreSQL µs | servers µs | JVM MB | transactions | connections |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            """;

    private ApisReport() {}

    static String of(
            Duration warmUp, Duration time, Map<String, Map<String, Measurement>> results) {
        var page =
                new StringBuilder(
                        """
                        # Sending through the APIs of Gmail and Microsoft

                        From the HTTP request to the provider, everything durable (`fsync = on`, `synchronous_commit = on`), on one machine:
                        `./postrider serve` with the PostgreSQL that it brings; a Google, a Microsoft ([docs/fake-providers.md](../fake-providers.md)) and an
                        SMTP sink in a process of their own, each behind a link with a round trip of 50 ms, all with TLS that the program verifies.
                        Emails of 2 KB, or with a file of 1 MB, one recipient each, through `POST /emails`. `./postrider bench apis` makes this page.
                        %d processors, %s %s, %s %s.

                        Each group has a new program and a new database, %d s to warm up, and is measured for %d s. *1 mailbox* has no limit but that
                        of two connections. *At their pace*: an email a second for each mailbox of Gmail's, one every two seconds of Microsoft's, as their
                        limits say, evenly; SMTP as Gmail. *Sends seldom*: one email after another, each by another of 1,000 mailboxes, so that
                        nothing of the mailbox is at hand; *p50* and *p99* are the times from the request until the server has it, of the loop until its
                        answer, which takes half a round trip more. The loops without us are a JDK HttpClient over connections that are kept, with an
                        access token at hand; they write nothing down.

                        Processor time is what Linux counts for the processes, the kernel's work for them included, by email; memory is the most
                        that the JVM had resident; transactions are PostgreSQL's, connections those that were made to the servers, both by email.

                        """
                                .formatted(
                                        Runtime.getRuntime().availableProcessors(),
                                        System.getProperty("java.vm.name"),
                                        System.getProperty("java.vm.version"),
                                        System.getProperty("os.name"),
                                        System.getProperty("os.version"),
                                        warmUp.toSeconds(),
                                        time.toSeconds()));
        page.append(COLUMNS);
        results.values().forEach(group -> page.append(rows(group)));
        return page.toString();
    }

    static String table(Map<String, Measurement> results) {
        return COLUMNS + rows(results);
    }

    private static String rows(Map<String, Measurement> results) {
        var rows = new StringBuilder();
        results.forEach((title, one) ->
                rows.append(
                        String.format(
                                Locale.ROOT,
                                "| %s | %,.1f | %s | %s | %,.0f | %s | %,.0f | %d | %s | %.4f |%n",
                                title,
                                one.perSecond(),
                                milliseconds(one.percentile(50)),
                                milliseconds(one.percentile(99)),
                                one.programMicros(),
                                title.startsWith("—")
                                        ? ""
                                        : String.format(Locale.ROOT, "%,.0f", one.databaseMicros()),
                                one.serversMicros(),
                                one.peakMegabytes(),
                                title.startsWith("—")
                                        ? ""
                                        : String.format(
                                                Locale.ROOT, "%.3f", one.transactionsEach()),
                                one.connectionsEach())));
        return rows.toString();
    }

    private static String milliseconds(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.1f", value);
    }
}
