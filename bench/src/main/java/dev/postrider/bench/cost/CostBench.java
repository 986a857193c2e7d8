package dev.postrider.bench.cost;

import dev.postrider.bench.mailboxes.Nodemailer;
import dev.postrider.bench.rig.Arguments;
import dev.postrider.bench.rig.Client;
import dev.postrider.bench.rig.Page;
import dev.postrider.bench.rig.ProgramRig;
import dev.postrider.bench.rig.Requests;
import dev.postrider.bench.rig.SubmissionSink;
import dev.postrider.testkit.postfix.PostfixSettings;
import dev.postrider.testkit.postfix.RealPostfix;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What it costs, and the page. */
public final class CostBench {
    public static final List<String> OPTIONS = List.of("--seconds", "--idle", "--mailboxes");

    private static final int PATIENCE = 60;
    private static final int CLIENTS = 16;
    private static final String TEXT = ("x".repeat(70) + "\n").repeat(25);
    private static final String USER = "postmaster@example.com";
    private static final String PASSWORD = "a password for the bench";

    private final Arguments arguments;
    private final Duration time;
    private final Duration idle;
    private final int mailboxes;
    private final List<Spent> emails = new ArrayList<>();
    private final List<Spent> idles = new ArrayList<>();

    private CostBench(Arguments arguments) {
        this.arguments = arguments;
        this.time = Duration.ofSeconds(arguments.number("--seconds", 15));
        this.idle = Duration.ofSeconds(arguments.number("--idle", 30));
        this.mailboxes = arguments.number("--mailboxes", 2_000);
    }

    /** Runs, prints, writes. */
    public static void run(Arguments arguments) throws Exception {
        var bench = new CostBench(arguments);
        if (arguments.wants("postrider")) {
            bench.program();
        }
        if (arguments.wants("nodemailer")) {
            bench.nodemailer();
        }
        if (arguments.wants("postfix")) {
            bench.postfix();
        }
        Page.publish(
                arguments,
                CostReport.of(
                        bench.emails,
                        bench.idles,
                        bench.mailboxes,
                        Page.machine(arguments.launcher())));
    }

    private void program() throws IOException, InterruptedException, SQLException {
        try (var sink = SubmissionSink.start();
                var rig = ProgramRig.start(arguments.launcher())) {
            var meter = Meter.of(rig);
            var address = ProgramRig.USER;
            var _ = rig.user().connectMailbox(address, sink.server(address));
            var key = rig.key();
            var awaited =
                    Requests.post(
                            "/smtp/send-email",
                            key,
                            Map.of("to", "n1@sink.test", "subject", "An invoice", "message", TEXT));
            var queued =
                    Requests.post(
                            "/emails",
                            key,
                            Map.of(
                                    "from",
                                    address,
                                    "to",
                                    "n1@sink.test",
                                    "subject",
                                    "An invoice",
                                    "text",
                                    TEXT));
            say("an email whose caller waits");
            var _ = post(rig.port(), awaited, 1, time);
            emails.add(
                    meter.measure(
                            "Postrider, a caller who waits",
                            () -> post(rig.port(), awaited, 1, time)));
            say("queued emails");
            var _ = sent(sink, () -> post(rig.port(), queued, CLIENTS, time));
            emails.add(
                    meter.measure(
                            "Postrider, 16 callers who don't",
                            () -> sent(sink, () -> post(rig.port(), queued, CLIENTS, time))));
            sink.awaitNobody(PATIENCE);
            say("nothing");
            idles.add(meter.idle("Postrider, 1 mailbox", idle));
            try (var client = new Client(rig.port())) {
                for (var i = 0; i < mailboxes; i++) {
                    var one = "m" + i + "@example.com";
                    connect(client, key, one, sink);
                }
            }
            say("nothing, with many mailboxes");
            idles.add(meter.idle("Postrider, %,d mailboxes".formatted(mailboxes), idle));
        }
    }

    private static void connect(Client client, String key, String address, SubmissionSink sink)
            throws IOException {
        var body = Map.of("address", address, "provider", "smtp", "smtp", sink.server(address));
        var status = client.post(Requests.post("/mailboxes", key, body));
        if (status / 100 != 2) {
            throw new IOException("a mailbox isn't connected: " + client.answer());
        }
    }

    /** Until the sink has taken all of them. */
    private static long sent(SubmissionSink sink, Meter.Work work)
            throws IOException, InterruptedException {
        var before = sink.counts().messages();
        var count = work.run();
        sink.awaitMessages(before + count, PATIENCE);
        return count;
    }

    private static long post(int port, byte[] request, int clients, Duration time)
            throws IOException, InterruptedException {
        var end = System.nanoTime() + time.toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Long>>();
            for (var i = 0; i < clients; i++) {
                running.add(threads.submit(() -> post(port, request, end)));
            }
            var count = 0L;
            for (var each : running) {
                count += each.get();
            }
            return count;
        } catch (ExecutionException e) {
            throw new IOException("a client has stopped", e.getCause());
        }
    }

    private static long post(int port, byte[] request, long end) throws IOException {
        var count = 0L;
        try (var client = new Client(port)) {
            for (; System.nanoTime() < end; count++) {
                if (client.post(request) != 200) {
                    throw new IOException("not accepted: " + client.answer());
                }
            }
        }
        return count;
    }

    private void nodemailer() throws IOException, InterruptedException {
        say("nodemailer");
        try (var sink = SubmissionSink.start();
                var loop = Nodemailer.start("nodemailer's pool", Nodemailer.Mode.POOL, sink, 1)) {
            var meter = Meter.ofTree(loop.pid());
            var count = 500 * (int) time.toSeconds();
            var _ = loop.send(0, count, 0);
            emails.add(
                    meter.measure(
                            "a loop of nodemailer's, its pool",
                            () -> loop.send(count, count, 0).size()));
            idles.add(meter.idle("a loop of nodemailer's", idle));
        }
    }

    private void postfix() throws IOException, InterruptedException {
        say("Postfix");
        var settings = PostfixSettings.ordinary().withUser(USER, PASSWORD);
        try (var postfix = RealPostfix.start(settings)) {
            var meter = Meter.ofTree(postfix.pid());
            var loop =
                    new PlainLoop(
                            postfix.host(),
                            postfix.submissionPort(),
                            Files.readString(postfix.certificateAuthority()),
                            USER,
                            PASSWORD);
            var _ = loop.send(time.dividedBy(3));
            emails.add(
                    meter.measure(
                            "Postfix, which takes and delivers into a folder",
                            () -> loop.send(time)));
            idles.add(meter.idle("Postfix", idle));
        }
    }

    private static void say(String words) {
        System.err.println(words + " …");
    }
}
