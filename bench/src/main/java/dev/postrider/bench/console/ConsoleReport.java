package dev.postrider.bench.console;

import dev.postrider.bench.rig.Page;
import dev.postrider.bench.rig.Targets;
import java.util.List;
import java.util.stream.Stream;

/** The page in Markdown. */
final class ConsoleReport {
    private ConsoleReport() {}

    /** What it was measured on. */
    record Setting(String machine, int emails, double gigabytes, long peak) {}

    static String of(List<Asked> pages, List<Asked> searches, Setting setting) {
        return """
        # The console's pages

        What a browser waits for where there are %,d emails in a thousand mailboxes and a tenth as many entries of the audit log, made by SQL as
        copies of what the program had written. Signed in as the owner, over one connection, one page after the other; a page asks the API
        for what it shows, so that its time is theirs, too. `./postrider bench console` makes this page.
        %s The database has %.1f GB.

        *Scans* are sequential ones of tables of more than a megabyte, by PostgreSQL's own count. Processor time is what Linux counts for
        the processes, the kernel's work for them included, by page.

        %s
        ## Lists and searches by the API

        `GET /emails` and `GET /emails/ID` with an API key, pages of 100.

        %s
        %s\
        """
                .formatted(
                        setting.emails(),
                        setting.machine(),
                        setting.gigabytes(),
                        table(pages),
                        table(searches),
                        targets(
                                Stream.concat(pages.stream(), searches.stream()).toList(),
                                setting.peak()));
    }

    private static String table(List<Asked> asked) {
        return Page.table(
                List.of("", "p50 ms", "p95 ms", "max ms", "program µs", "PostgreSQL µs", "scans"),
                asked.stream()
                        .map(each ->
                                List.of(
                                        each.question().title(),
                                        Page.number(each.times().at(50)),
                                        Page.number(each.times().at(95)),
                                        Page.number(each.times().at(100)),
                                        Page.number(each.programMicrosEach()),
                                        Page.number(each.databaseMicrosEach()),
                                        Page.number(each.scans()))));
    }

    private static String targets(List<Asked> asked, long peak) {
        var slowest = slowest(asked.stream().filter(each -> !isGivenUp(each)));
        var givenUp = slowest(asked.stream().filter(ConsoleReport::isGivenUp));
        var scans = asked.stream().mapToDouble(Asked::scans).sum();
        return new Targets()
                .atMost("ms at p95, whatever page or search", slowest, 100)
                .atMost(
                        "ms until two usual filters that never meet are given up for now",
                        givenUp,
                        1_100)
                .atMost("sequential scans", scans, 0)
                .atMost("MB resident", (double) peak, 512)
                .toString();
    }

    private static boolean isGivenUp(Asked asked) {
        return asked.question().key().equals(Question.NEVER);
    }

    private static double slowest(Stream<Asked> asked) {
        return asked.mapToDouble(each -> each.times().at(95)).max().orElse(Double.NaN);
    }
}
