package dev.postrider.bench.cost;

import dev.postrider.bench.rig.Page;
import dev.postrider.bench.rig.Targets;
import java.util.List;

/** The page in Markdown. */
final class CostReport {
    private CostReport() {}

    static String of(List<Spent> emails, List<Spent> idles, int mailboxes, String machine) {
        return """
        # What it costs to run

        The program with its own PostgreSQL and the settings it comes with, everything durable. `./postrider bench cost` makes this page.
        %s

        Processor time is what Linux counts for the processes, the kernel's work for them included. Memory is what is resident, of several
        processes what they share counted once.

        ## By email

        2 KB, one recipient, through one mailbox whose server wants STARTTLS and a login and is on the same machine; its connection is kept.
        The loop of nodemailer's keeps nothing; Postfix takes the email, keeps it in its queue and delivers it into a folder. An email that
        finds no connection open costs a handshake more: [many mailboxes](mailboxes.md).

        %s
        ## While nothing happens

        %s
        ## By mailbox and day

        %s
        ## What couldn't be measured here

        - What programs in the cloud take for an email: they don't run here.
        - EmailEngine, which needs Redis and a licence, keeps an IMAP connection for each mailbox; ours keeps nothing open for one that is idle.
        - Mailboxes at Google and Microsoft refresh a token before it ends while they are used; against the fakes that would measure these.

        %s\
        """
                .formatted(
                        machine,
                        emails(emails),
                        idles(idles),
                        mailboxes(idles, mailboxes),
                        targets(emails, idles));
    }

    static String emails(List<Spent> rows) {
        return Page.table(
                List.of("", "emails/s", "sender µs", "PostgreSQL µs", "sender MB", "PostgreSQL MB"),
                rows.stream()
                        .map(each ->
                                List.of(
                                        each.title(),
                                        Page.number(each.perSecond()),
                                        Page.number(each.senderMicrosEach()),
                                        Page.number(each.databaseMicrosEach()),
                                        Page.number(each.senderMegabytes()),
                                        Page.number(each.databaseMegabytes()))));
    }

    static String idles(List<Spent> rows) {
        return Page.table(
                List.of("", "s of processor an hour", "% of one", "sender MB", "PostgreSQL MB"),
                rows.stream()
                        .map(each ->
                                List.of(
                                        each.title(),
                                        Page.number(each.secondsAnHour()),
                                        Page.number(each.secondsAnHour() / 36),
                                        Page.number(each.senderMegabytes()),
                                        Page.number(each.databaseMegabytes()))));
    }

    /** Mailboxes that send nothing are rows, and nobody asks for them. */
    private static String mailboxes(List<Spent> idles, int mailboxes) {
        if (idles.size() < 2) {
            return "";
        }
        var millis = idles.get(1).millisADay(idles.get(0), mailboxes);
        // a tick of each of the two, in the time that was measured
        var tick = 0.02 / idles.get(1).seconds() * 86_400 * 1_000 / mailboxes;
        var told =
                millis < tick ? "Less than can be told" : Page.number(millis) + " ms of processor";
        return "%s: the difference between the first two rows above. What Linux counts by makes steps of %s ms.%n"
                .formatted(told, Page.number(tick));
    }

    /** Of a page that is whole. */
    private static String targets(List<Spent> emails, List<Spent> idles) {
        if (emails.size() < 4 || idles.size() < 4) {
            return "";
        }
        return new Targets()
                .atMost(
                        "a caller who waits: µs of the program",
                        emails.get(0).senderMicrosEach(),
                        1_000)
                .atMost("the same: µs of PostgreSQL", emails.get(0).databaseMicrosEach(), 700)
                .atMost(
                        "callers who don't: µs of both, of Postfix's in %",
                        100
                                * (emails.get(1).senderMicrosEach()
                                        + emails.get(1).databaseMicrosEach())
                                / emails.get(3).senderMicrosEach(),
                        100)
                .atMost("idle: % of a processor, of both", idles.get(0).secondsAnHour() / 36, 1)
                .atMost(
                        "idle: MB of both",
                        idles.get(0).senderMegabytes() + idles.get(0).databaseMegabytes(),
                        512)
                .toString();
    }
}
