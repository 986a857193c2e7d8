package dev.postrider.bench.flow;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The table in Markdown. */
final class FlowReport {
    private static final String COLUMNS =
            """
            | | accepted/s | sent/s | p50 ms | p99 ms | program µs | PostgreSQL µs | sink µs | generator µs | JVM MB | transactions |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            """;

    private FlowReport() {}

    static String of(Map<String, Measurement> results) {
        return """
        # The whole way of a message

        From the HTTP request to the mail server, everything durable (`fsync = on`, `synchronous_commit = on`), on one machine:
        `./postrider serve` with the PostgreSQL that it brings and the settings it comes with, a load generator and a sink, each of the two with one
        thread in a process of its own. Messages of 2 KB, one recipient each, through `POST /emails`; where callers wait, through
        `POST /smtp/send-email`. `./postrider bench flow` makes this page.
        %d processors, %s %s, %s %s.

        Each row has a new program and a new database, 45 s to warm up (in the first half minute the JVM's compilers take two fifths of
        the program's time), where callers wait 16 of them, and is then measured for %.0f s. At most as many emails wait to be sent as the row says, 2,000 where it says nothing: then what is accepted a second is what is sent a second. Behind a backlog,
        which begins with so many, both go as fast as they can. *p50* and *p99* are the times from the request to the end of the data at the
        sink, or, where a caller waits, to the answer; the sink answers within microseconds. Processor time is what Linux counts for the processes, the kernel's work for them included,
        by email; memory is the most that the JVM had resident; transactions are PostgreSQL's, by email.

        The real Postfix, with STARTTLS and a login, delivers into a folder on the same machine; its processes are the sink. The plain loop is what a program without us would do, against the same
        Postfix: Jakarta Mail, a connection that is kept for each thread, and nothing written down.

        """
                        .formatted(
                                Runtime.getRuntime().availableProcessors(),
                                System.getProperty("java.vm.name"),
                                System.getProperty("java.vm.version"),
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                results.values().iterator().next().seconds())
                + table(results)
                + "\n"
                + targets(results);
    }

    static String table(Map<String, Measurement> results) {
        var table = new StringBuilder(COLUMNS);
        results.forEach((title, one) ->
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

    private static String targets(Map<String, Measurement> results) {
        var full = result(results, RunScenario.FULL_100);
        var few = result(results, RunScenario.waiting(1_000));
        var many = result(results, RunScenario.waiting(1_000_000));
        var awaited = result(results, RunScenario.ONE_AWAITED);
        var one = result(results, RunScenario.POSTFIX_1);
        var plainOne = result(results, RunScenario.plainLoop(1));
        var eight = result(results, RunScenario.POSTFIX_8);
        var plainThree = result(results, RunScenario.plainLoop(3));
        var slowdown = 100 * (1 - many.sentPerSecond() / few.sentPerSecond());
        return """
        | target | reached | |
        | --- | ---: | --- |
        """
                + target(
                        "6,000 emails a second",
                        full.sentPerSecond(),
                        full.sentPerSecond() >= 6_000)
                + target(
                        "1,000,000 waiting: at most 10 % slower than 1,000",
                        slowdown, slowdown <= 10)
                + target(
                        "a caller who waits: p50 under 10 ms",
                        awaited.percentile(50),
                        awaited.percentile(50) < 10)
                + target(
                        "a real Postfix: p50 within 3 ms of the plain loop's",
                        one.percentile(50) - plainOne.percentile(50),
                        one.percentile(50) - plainOne.percentile(50) <= 3)
                + target(
                        "a real Postfix, one caller: 200 a second",
                        one.sentPerSecond(),
                        one.sentPerSecond() >= 200)
                + target(
                        "the same: 1,000 µs of the program",
                        one.programMicros(),
                        one.programMicros() <= 1_000)
                + target(
                        "the same: 700 µs of PostgreSQL",
                        one.databaseMicros(),
                        one.databaseMicros() <= 700)
                + target(
                        "8 callers: half of the plain loop over 3, in %",
                        100 * eight.sentPerSecond() / plainThree.sentPerSecond(),
                        2 * eight.sentPerSecond() >= plainThree.sentPerSecond())
                + target(
                        "under 512 MB resident",
                        (double) full.peakMegabytes(),
                        full.peakMegabytes() < 512)
                + target(
                        "at most 0.1 transactions an email",
                        full.transactionsEach(),
                        full.transactionsEach() <= 0.1);
    }

    private static Measurement result(Map<String, Measurement> results, String title) {
        return Objects.requireNonNull(results.get(title), title);
    }

    private static String target(String what, double reached, boolean isMet) {
        return String.format(
                Locale.ROOT,
                reached < 1 && reached > 0 ? "| %s | %.3f | %s |%n" : "| %s | %,.1f | %s |%n",
                what,
                reached,
                isMet ? "met" : "**missed**");
    }

    private static String milliseconds(double value) {
        return Double.isNaN(value)
                ? ""
                : String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }
}
