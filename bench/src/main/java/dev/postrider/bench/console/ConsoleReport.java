package dev.postrider.bench.console;

import dev.postrider.bench.lists.Asked;
import dev.postrider.bench.lists.ListsReport;
import dev.postrider.bench.rig.Targets;
import java.util.List;
import java.util.stream.Stream;

/** The page in Markdown. */
final class ConsoleReport {
    private ConsoleReport() {}

    static String of(
            List<Asked> pages, List<Asked> searches, String machine, int emails, long peak) {
        return """
        # The console's pages

        What a browser waits for where there are %,d emails in a thousand mailboxes and a tenth as many entries of the audit log, made by SQL as
        copies of what the program had written. Signed in as the owner, over one connection, one page after the other; a page asks the API
        for what it shows, so that its time is theirs, too. `./postrider bench console` makes this page.
        %s

        *Scans* are sequential ones of tables of more than a megabyte, by PostgreSQL's own count. Processor time is what Linux counts for
        the processes, the kernel's work for them included, by page.

        %s
        ## What its lists of emails ask the API

        The calls behind lists and searches, with an API key.

        %s
        %s\
        """
                .formatted(
                        emails,
                        machine,
                        ListsReport.table(pages),
                        ListsReport.table(searches),
                        targets(Stream.concat(pages.stream(), searches.stream()).toList(), peak));
    }

    static String targets(List<Asked> asked, long peak) {
        var slowest =
                asked.stream().mapToDouble(each -> each.times().at(95)).max().orElse(Double.NaN);
        var scans = asked.stream().mapToDouble(Asked::scans).sum();
        return new Targets()
                .atMost("ms at p95, whatever page or search", slowest, 100)
                .atMost("sequential scans", scans, 0)
                .atMost("MB resident", (double) peak, 512)
                .toString();
    }
}
