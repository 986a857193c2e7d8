package dev.postrider.lab.failover;

import dev.postrider.lab.crash.Call;
import dev.postrider.lab.crash.Caller;
import dev.postrider.lab.crash.CrashLab;
import dev.postrider.lab.crash.Email;
import dev.postrider.lab.crash.LabDatabase;
import dev.postrider.lab.crash.MailboxDatabase;
import dev.postrider.lab.crash.NaughtySink;
import dev.postrider.lab.crash.Node;
import dev.postrider.lab.crash.ReadBack;
import dev.postrider.lab.crash.Traffic;
import dev.postrider.lab.crash.Verdict;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes one fault under load, and compares all emails so far when its own are final. */
final class TryFault {
    private static final Duration LOAD = Duration.ofSeconds(6);
    private static final Duration UNTIL_MUCH_IS_UNDER_WAY = Duration.ofSeconds(2);
    private static final Duration DRAIN = Duration.ofMinutes(2);
    private static final Duration RELEASE = Duration.ofMinutes(1);
    private static final int MISCHIEF_PER_THOUSAND = 20;

    private final NaughtySink sink;
    private final List<Node> nodes;
    private final MakeFault faults;
    private final Caller caller;
    private final Random random;
    private final LabDatabase database;
    private final MailboxDatabase mailboxes;

    /** Of all faults. */
    private final List<Call> calls = new ArrayList<>();

    TryFault(
            NaughtySink sink,
            PatroniCluster cluster,
            List<Node> nodes,
            MakeFault faults,
            Caller caller,
            Random random) {
        this.sink = sink;
        this.nodes = nodes;
        this.faults = faults;
        this.caller = caller;
        this.random = random;
        this.database = new LabDatabase(cluster::connect);
        this.mailboxes = new MailboxDatabase(cluster::connect);
    }

    /** What the load has met. */
    private record Met(
            List<Call> calls, Instant begin, boolean isWhole, Instant whole, Instant end) {}

    Trial run(Fault fault, int round) throws IOException, InterruptedException, SQLException {
        var prefix = fault + " " + round;
        var traffic =
                new Traffic(
                        caller,
                        nodes,
                        new Random(random.nextLong()),
                        Traffic.Mailboxes.SMTP,
                        prefix);
        var met = underLoad(fault, traffic);
        calls.addAll(met.calls());
        var held = release();
        var ended = Instant.now();
        CrashLab.awaitEnd(() -> database.unfinished() == 0, DRAIN);
        var drained = Duration.between(ended, Instant.now());
        calls.addAll(traffic.repeatAccepted());

        var emails = database.emails(sink.received());
        var verdict =
                verdict(emails)
                        .with(
                                "servers that don't come back",
                                met.isWhole() ? List.of() : List.of("see patroni.log of each"));
        if (!verdict.isKept()) {
            System.out.print(verdict.table());
        }
        var those =
                emails.stream().filter(email -> email.subject().startsWith(prefix + " ")).toList();
        return trial(fault, round, met, held, drained, those, verdict);
    }

    private Met underLoad(Fault fault, Traffic traffic) throws IOException, InterruptedException {
        sink.misbehavePerThousand(MISCHIEF_PER_THOUSAND);
        traffic.start();
        Thread.sleep(LOAD);
        sink.lockOut(Caller.address(random.nextInt(Caller.MAILBOXES)));
        sink.slowDown(true);
        Thread.sleep(UNTIL_MUCH_IS_UNDER_WAY);
        var begin = Instant.now();
        var isWhole = faults.make(fault);
        var whole = Instant.now();
        sink.slowDown(false);
        Thread.sleep(LOAD);
        var end = Instant.now();
        sink.letAllIn();
        sink.misbehavePerThousand(0);
        return new Met(traffic.end(), begin, isWhole, whole, end);
    }

    /** Each held mailbox goes on, as its user would let it. Returns how many were held. */
    private int release() throws IOException, InterruptedException, SQLException {
        var node = nodes.getFirst();
        var held = mailboxes.notActive().size();
        var end = System.nanoTime() + RELEASE.toNanos();
        while (!mailboxes.notActive().isEmpty() && System.nanoTime() < end) {
            var page = caller.get(node.port(), "/mailboxes?state=held").body();
            for (var mailbox : page.path("data")) {
                var path = "/mailboxes/" + mailbox.path("id").asText() + "/verify";
                var _ = caller.at(node.port()).post(path, Map.of());
            }
        }
        return held;
    }

    private Verdict verdict(List<Email> emails)
            throws IOException, InterruptedException, SQLException {
        var read = ReadBack.of(caller, nodes.getFirst(), nodes.getLast());
        return Verdict.of(calls, emails, sink.received())
                .with("mailboxes that aren't active", mailboxes.notActive())
                .with("the API says something else", read.differing(emails))
                .with("errors in a node's log", errors());
    }

    /** A database that is away isn't one. */
    private List<String> errors() throws IOException {
        var errors = new ArrayList<String>();
        for (var node : nodes) {
            errors.addAll(node.errors());
        }
        return errors;
    }

    private Trial trial(
            Fault fault,
            int round,
            Met met,
            int held,
            Duration drained,
            List<Email> emails,
            Verdict verdict) {
        var accepted = met.calls().stream().filter(Call::isAccepted).map(Call::at).toList();
        return new Trial(
                fault,
                round,
                emails.size(),
                accepted.size(),
                met.calls().size() - accepted.size(),
                Pause.between(met.begin(), met.end(), accepted),
                Pause.between(met.begin(), met.end(), sink.received().times()),
                Duration.between(met.begin(), met.whole()),
                drained,
                held,
                emails.stream().filter(Email::wasUnknown).count(),
                emails.stream().filter(email -> email.copies().size() > 1).count(),
                verdict.broken().values().stream().filter(each -> !each.isEmpty()).count());
    }
}
