package dev.postrider.bench.lists;

import dev.postrider.bench.rig.Page;
import dev.postrider.bench.rig.Targets;
import java.util.List;

/** The page in Markdown. */
public final class ListsReport {
    private ListsReport() {}

    /** What it was measured on. */
    record Setting(String machine, int rows, double gigabytes, long peak) {}

    static String of(List<Asked> asked, Setting setting) {
        return """
        # Lists and searches

        `GET /emails` and `GET /emails/ID` where there are %,d emails: one user's, in a thousand mailboxes, one recipient each, made
        by SQL as copies of an email that the program had kept. Pages of 100, asked for over one connection, one after the other.
        `./postrider bench lists` makes this page.
        %s The database has %.1f GB.

        *Scans* are sequential ones of the tables of emails, by PostgreSQL's own count. Processor time is what Linux counts for the
        processes, the kernel's work for them included, by question.

        %s
        %s\
        """
                .formatted(
                        setting.rows(),
                        setting.machine(),
                        setting.gigabytes(),
                        table(asked),
                        targets(asked, setting));
    }

    public static String table(List<Asked> asked) {
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

    static String targets(List<Asked> asked, Setting setting) {
        var slowest =
                asked.stream().mapToDouble(each -> each.times().at(95)).max().orElse(Double.NaN);
        var scans = asked.stream().mapToDouble(Asked::scans).sum();
        return new Targets()
                .atMost("ms at p95, whatever is asked", slowest, 100)
                .atMost("sequential scans", scans, 0)
                .atMost("MB resident", (double) setting.peak(), 512)
                .toString();
    }
}
