package dev.postrider.bench.mailboxes;

import dev.postrider.bench.rig.Page;
import dev.postrider.bench.rig.Targets;
import java.util.List;

/** The page in Markdown. */
final class MailboxesReport {
    private static final double MEGABYTE = 1024 * 1024;

    private MailboxesReport() {}

    static String of(Results results, String machine, int mailboxes, int burst) {
        return """
        # Many mailboxes

        %,d mailboxes, each with a login of its own, that send an email of 2 KB now and then: STARTTLS, AUTH, one message. All at one
        sink on the same machine, which has all processors, TLS 1.3 with a private authority, and resumes sessions. `./postrider bench mailboxes`
        makes this page.
        %s

        Each email goes through another mailbox, so none finds a connection open: *a second* evenly, then %,d at once, until the sink
        has taken the last. *p50* and *p99* are the times from the request to the end of the data at the sink. Processor time is what Linux
        counts for the processes, the kernel's work for them included, by email.

        nodemailer %s is a loop in Node.js that keeps nothing: no queue, no database, the passwords in its memory. With its pool each
        mailbox has a transporter of its own, whose connection stays open. *A connection for each email* is the same loop with a new
        transporter for each email: what any program does that keeps no connections between its jobs, as EmailEngine's queue of
        submissions is understood to. EmailEngine itself was not run, and its Redis, queue and IMAP are not imitated.

        %s
        ## Memory

        After collections. *Heap* is what is referred to; what is resident holds the compiled code and what the collector keeps, too.

        %s
        ## Somebody new

        From the request until the first email of a mailbox that was connected just before has arrived, for 20 such mailboxes.

        %s
        %s\
        """
                .formatted(
                        mailboxes,
                        machine,
                        burst,
                        Nodemailer.VERSION,
                        sent(results.sent),
                        held(results.held),
                        newcomers(results),
                        targets(results));
    }

    static String sent(List<Sent> rows) {
        return Page.table(
                List.of(
                        "",
                        "emails/s",
                        "p50 ms",
                        "p99 ms",
                        "connects/s",
                        "resumed %",
                        "sender µs",
                        "PostgreSQL µs",
                        "sink µs"),
                rows.stream()
                        .map(each ->
                                List.of(
                                        each.title(),
                                        Page.number(each.perSecond()),
                                        Page.number(each.latency().at(50)),
                                        Page.number(each.latency().at(99)),
                                        Page.number(each.connectsPerSecond()),
                                        Page.number(each.resumedPercent()),
                                        Page.number(each.senderMicrosEach()),
                                        Page.number(each.databaseMicrosEach()),
                                        Page.number(each.sinkMicrosEach()))));
    }

    private static String held(List<Held> rows) {
        return Page.table(
                List.of("", "mailboxes", "connections", "heap MB", "resident MB"),
                rows.stream()
                        .map(each ->
                                List.of(
                                        each.title(),
                                        Page.number(each.mailboxes()),
                                        Page.number((double) each.connections()),
                                        Page.number(each.footprint().heap() / MEGABYTE),
                                        Page.number(each.footprint().resident()))));
    }

    private static String newcomers(Results results) {
        return Page.table(
                List.of("", "p50 ms", "max ms"),
                results.newcomers.entrySet().stream()
                        .map(row ->
                                List.of(
                                        row.getKey(),
                                        Page.number(row.getValue().at(50)),
                                        Page.number(row.getValue().at(100)))));
    }

    /** Of a page that is whole: with all senders. */
    private static String targets(Results results) {
        if (results.sent.size() < 6) {
            return "";
        }
        var program = results.sent.get(1);
        var pool = results.sent.get(3);
        var single = results.sent.get(5);
        var newcomers = List.copyOf(results.newcomers.values());
        return new Targets()
                .atLeast("Postrider: % of TLS sessions resumed", program.resumedPercent(), 90)
                .atLeast(
                        "connects a second, at once: of nodemailer's, in %",
                        100 * program.connectsPerSecond() / pool.connectsPerSecond(), 100)
                .atMost(
                        "µs of the program an email, at once: of a connection for each, in %",
                        100 * program.senderMicrosEach() / single.senderMicrosEach(), 100)
                .atMost(
                        "KB of heap a mailbox that is idle",
                        results.held.get(1).kilobytesAMailbox(results.held.get(0)),
                        1)
                .atMost(
                        "KB of heap an open connection",
                        results.held.get(2).kilobytesAConnection(results.held.get(3)),
                        64)
                .atMost(
                        "MB resident with all connections open",
                        results.held.get(2).footprint().resident(),
                        512)
                .atMost("ms for somebody new behind all others, p50", newcomers.get(1).at(50), 100)
                .toString();
    }
}
