package dev.postrider.bench.mailboxes;

import static java.lang.String.format;

import dev.postrider.bench.mailboxes.Nodemailer.Mode;
import dev.postrider.bench.rig.Arguments;
import dev.postrider.bench.rig.Memory;
import dev.postrider.bench.rig.Page;
import dev.postrider.bench.rig.Percentiles;
import dev.postrider.bench.rig.ProgramRig;
import dev.postrider.bench.rig.SubmissionSink;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Each sender in its turn, at a sink of its own, and their page. */
public final class MailboxesBench {
    public static final List<String> OPTIONS =
            List.of("--mailboxes", "--rate", "--seconds", "--burst");

    static final String PROGRAM = "postrider";
    static final String POOL = "nodemailer";
    static final String SINGLE = "single";

    /** Longer than a lane stays with its node. */
    private static final int LINGERS = 60;

    private static final int WARM_UP_MAILBOXES = 200;
    private static final int NEWCOMERS = 20;

    private final Arguments arguments;
    private final int mailboxes;
    private final int rate;
    private final int seconds;
    private final int burst;
    private final Results results = new Results();

    /** The next email's number, and so its mailbox. */
    private int next;

    private MailboxesBench(Arguments arguments) {
        this.arguments = arguments;
        this.mailboxes = arguments.number("--mailboxes", 10_000);
        this.rate = arguments.number("--rate", 200);
        this.seconds = arguments.number("--seconds", 20);
        this.burst = arguments.number("--burst", 3_000);
        this.next = 100 * mailboxes + Math.min(WARM_UP_MAILBOXES, mailboxes);
    }

    /** Runs, prints, writes. */
    public static void run(Arguments arguments) throws Exception {
        var bench = new MailboxesBench(arguments);
        if (arguments.wants(PROGRAM)) {
            bench.program();
        }
        if (arguments.wants(POOL)) {
            bench.nodemailer("nodemailer's pool", Mode.POOL);
        }
        if (arguments.wants(SINGLE)) {
            bench.nodemailer("a connection for each email", Mode.SINGLE);
        }
        Page.publish(
                arguments,
                MailboxesReport.of(
                        bench.results,
                        Page.machine(arguments.launcher()),
                        bench.mailboxes,
                        bench.burst));
    }

    private void program() throws IOException, InterruptedException, SQLException {
        var quota = Map.of("POSTRIDER_MAX_MAILBOXES", String.valueOf(mailboxes + 2 * NEWCOMERS));
        try (var sink = SubmissionSink.start();
                var rig = ProgramRig.start(arguments.launcher(), quota);
                var heap = Memory.of(rig.pid())) {
            var program = new Program(rig, heap, sink, mailboxes);
            var few = Math.min(WARM_UP_MAILBOXES, mailboxes);
            say("warming up");
            program.connect(0, few);
            for (var i = 0; i < 10; i++) {
                var _ = program.send(i * mailboxes, few, 0);
            }
            sink.awaitMessages(10L * few, LINGERS);
            sink.awaitNobody(LINGERS);
            results.newcomers.put(
                    format(Locale.ROOT, "%,d mailboxes, nothing else to do", few),
                    program.newcomers(mailboxes, NEWCOMERS));
            sink.awaitNobody(LINGERS);
            hold(program, "few mailboxes, all used before", few, sink);
            say("connecting mailboxes");
            program.connect(few, mailboxes);
            hold(program, "never used", mailboxes, sink);
            nowAndThen(program, sink);
            results.newcomers.put(
                    format(Locale.ROOT, "%,d mailboxes, %,d emails a second", mailboxes, rate),
                    newcomers(program, sink));
            sink.awaitNobody(LINGERS);
            atOnce(program, sink);
            hold(program, "their connections open", mailboxes, sink);
            sink.awaitNobody(LINGERS);
            hold(program, "all connections closed again", mailboxes, sink);
        }
    }

    private void nodemailer(String name, Mode mode)
            throws IOException, InterruptedException, SQLException {
        try (var sink = SubmissionSink.start();
                var loop = Nodemailer.start(name, mode, sink, mailboxes)) {
            say("warming up");
            var _ = loop.send(mailboxes - WARM_UP_MAILBOXES, WARM_UP_MAILBOXES, 0);
            var _ = loop.send(mailboxes - WARM_UP_MAILBOXES, WARM_UP_MAILBOXES, 0);
            hold(loop, "few mailboxes", WARM_UP_MAILBOXES, sink);
            if (mode == Mode.POOL) {
                loop.make(mailboxes);
                hold(loop, "most of them never used", mailboxes, sink);
            }
            nowAndThen(loop, sink);
            atOnce(loop, sink);
            if (mode == Mode.POOL) {
                hold(loop, "their connections open", mailboxes, sink);
            }
        }
    }

    /** Each email through another mailbox, evenly. */
    private void nowAndThen(Sender sender, SubmissionSink sink)
            throws IOException, InterruptedException {
        send(sender, sink, format(Locale.ROOT, "%,d a second", rate), rate * seconds, rate);
    }

    /** Each through another mailbox, as fast as it goes. */
    private void atOnce(Sender sender, SubmissionSink sink)
            throws IOException, InterruptedException {
        send(sender, sink, format(Locale.ROOT, "%,d at once", burst), burst, 0);
    }

    private void send(Sender sender, SubmissionSink sink, String how, int emails, int evenly)
            throws IOException, InterruptedException {
        say(sender.name() + ", " + how);
        var _ = sink.taken();
        var title = sender.name() + ", " + how;
        results.sent.add(Sent.of(title, sender, sink, next, emails, evenly));
        next += emails;
    }

    /** How long the first emails of new mailboxes take while others send now and then. */
    private Percentiles newcomers(Program program, SubmissionSink sink)
            throws IOException, InterruptedException {
        say("new mailboxes meanwhile");
        var before = sink.counts().messages();
        var emails = rate * seconds / 4;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var load = threads.submit(() -> program.send(next, emails, rate));
            var newcomers = program.newcomers(mailboxes + NEWCOMERS, NEWCOMERS);
            var _ = load.get();
            next += emails;
            sink.awaitMessages(before + emails + NEWCOMERS, LINGERS);
            return newcomers;
        } catch (ExecutionException e) {
            throw new IOException("a client has stopped", e.getCause());
        }
    }

    private void hold(Sender sender, String title, int count, SubmissionSink sink)
            throws IOException, InterruptedException {
        results.held.add(
                new Held(
                        sender.name() + ": " + title,
                        count,
                        sink.counts().standing(),
                        sender.memory()));
    }

    private static void say(String words) {
        System.err.println(words + " …");
    }
}
