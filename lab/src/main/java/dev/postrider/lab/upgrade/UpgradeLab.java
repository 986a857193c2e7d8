package dev.postrider.lab.upgrade;

import dev.postrider.lab.crash.Call;
import dev.postrider.lab.crash.Caller;
import dev.postrider.lab.crash.CrashLab;
import dev.postrider.lab.crash.LabDatabase;
import dev.postrider.lab.crash.NaughtySink;
import dev.postrider.lab.crash.Node;
import dev.postrider.lab.crash.ReadBack;
import dev.postrider.lab.crash.Traffic;
import dev.postrider.lab.crash.Verdict;
import dev.postrider.testkit.program.OwnPostgres;
import dev.postrider.testkit.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** One upgrade with all its steps, and the verdict. */
public final class UpgradeLab {
    private static final Duration END_WAIT = Duration.ofMinutes(3);
    private static final Duration BETWEEN_STEPS = Duration.ofSeconds(3);
    private static final int TO_BE_MENDED = 78;

    private final CrashLab.Options options;
    private final OldVersion old;
    private final OwnPostgres postgres;
    private final Map<String, String> settings;
    private final Traffic traffic;
    private final Node one;
    private final Node two;
    private final List<String> refusals = new ArrayList<>();

    private UpgradeLab(
            CrashLab.Options options,
            OldVersion old,
            OwnPostgres postgres,
            Map<String, String> settings,
            Traffic traffic,
            Node one,
            Node two) {
        this.options = options;
        this.old = old;
        this.postgres = postgres;
        this.settings = settings;
        this.traffic = traffic;
        this.one = one;
        this.two = two;
    }

    /** Returns whether every promise was kept. */
    public static boolean run(CrashLab.Options options, Optional<String> from)
            throws IOException, InterruptedException, SQLException {
        System.out.println("upgrade lab, seed " + options.seed() + ", in " + options.folder());
        Files.createDirectories(options.folder());
        var key = options.folder().resolve("master-key.json");
        try (var old = OldVersion.of(options.launcher(), from, options.folder());
                var sink = NaughtySink.start(new Random(options.seed()));
                var postgres = OwnPostgres.create(options.folder().resolve("postgres"))) {
            CrashLab.createKey(options, key);
            var settings = new HashMap<>(CrashLab.settings(postgres.url(), key, options.lease()));
            settings.putAll(Schemas.asItIs());
            try (var one = Node.start(old.launcher(), "one", settings, options.folder());
                    var two = Node.start(old.launcher(), "two", settings, options.folder())) {
                var caller = new Caller();
                caller.awaitLogin(one.port());
                caller.connectMailboxes(one.port(), sink.port());
                sink.misbehavePerThousand(20);
                var random = new Random(options.seed());
                var traffic =
                        new Traffic(
                                caller, List.of(one, two), random, Traffic.Mailboxes.SMTP, "lab");
                traffic.start();
                var lab = new UpgradeLab(options, old, postgres, settings, traffic, one, two);
                lab.upgradeAndGoBack();
                sink.misbehavePerThousand(0);
                return lab.judge(traffic.end(), sink, caller);
            }
        }
    }

    private void upgradeAndGoBack() throws IOException, InterruptedException, SQLException {
        Schemas schemas;
        try (var connection = postgres.connect()) {
            schemas = Schemas.in(options.folder(), connection);
        }
        var widened = Schemas.with(schemas.widened());
        var narrowed = Schemas.with(schemas.narrowed());
        say("two old nodes");
        refuse(
                "a step that the old nodes don't work with is skipped",
                options.launcher(),
                narrowed,
                "nodes of an older Postrider run (one, two; schema " + schemas.now());

        say("node one ends, and is the new version, which widens the schema");
        one.end();
        one.restart(options.launcher(), widened);
        say("node two, an old one, is killed, and starts on the wider schema");
        two.kill();
        two.restart(old.launcher(), Schemas.asItIs());
        say("node two is killed, and is the new version");
        two.kill();
        two.restart(options.launcher(), widened);
        say("node one ends, and is the old version again");
        one.end();
        one.restart(old.launcher(), Schemas.asItIs());
        say("node one is killed, and is the new version again");
        one.kill();
        one.restart(options.launcher(), widened);

        say("node one ends, and is the version after that, which narrows the schema");
        one.end();
        one.restart(options.launcher(), narrowed);
        refuse(
                "the old version starts on the narrowed schema",
                old.launcher(),
                Schemas.asItIs(),
                "which needs programs that know schema " + (schemas.now() + 2));
        say("node two is killed, and starts on the narrowed schema as it is");
        two.kill();
        two.restart(options.launcher(), widened);
        say("node two ends, and is the version after that");
        two.end();
        two.restart(options.launcher(), narrowed);
        Thread.sleep(BETWEEN_STEPS);
    }

    private void say(String step) throws InterruptedException {
        Thread.sleep(BETWEEN_STEPS);
        System.out.printf("%s; %,d calls so far%n", step, traffic.soFar());
    }

    /** A third node that mustn't start, and must say why. */
    private void refuse(String what, Path launcher, Map<String, String> more, String words)
            throws IOException, InterruptedException {
        say(what);
        var log = options.folder().resolve("refused.log");
        Files.deleteIfExists(log);
        var third = new HashMap<>(settings);
        third.putAll(more);
        third.put("POSTRIDER_NODE", "three");
        third.put("POSTRIDER_DATA_DIR", options.folder().resolve("three").toString());
        var status = Program.start(launcher, third, log).awaitEnd();
        var said = Files.readString(log);
        System.out.print(said);
        if (status != TO_BE_MENDED || !said.contains(words)) {
            refusals.add(what + ": status " + status + ", " + said);
        }
    }

    private boolean judge(List<Call> calls, NaughtySink sink, Caller caller)
            throws IOException, InterruptedException, SQLException {
        var database = new LabDatabase(postgres::connect);
        CrashLab.awaitEnd(() -> database.unfinished() == 0, END_WAIT);
        var emails = database.emails(sink.received());
        var verdict =
                Verdict.of(calls, emails, sink.received())
                        .with("not refused as it must be", refusals)
                        .with(
                                "the API says something else",
                                ReadBack.of(caller, one, two).differing(emails));
        System.out.print(verdict.table());
        System.out.println(verdict.isKept() ? "every promise was kept" : "A PROMISE WAS BROKEN");
        return verdict.isKept();
    }
}
