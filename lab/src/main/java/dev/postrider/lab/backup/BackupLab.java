package dev.postrider.lab.backup;

import dev.postrider.lab.crash.Call;
import dev.postrider.lab.crash.Caller;
import dev.postrider.lab.crash.ConnectDatabase;
import dev.postrider.lab.crash.CrashLab;
import dev.postrider.lab.crash.LabDatabase;
import dev.postrider.lab.crash.NaughtySink;
import dev.postrider.lab.crash.Node;
import dev.postrider.lab.crash.NotUnderstood;
import dev.postrider.lab.crash.ReadBack;
import dev.postrider.lab.crash.Traffic;
import dev.postrider.lab.crash.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One program, its backup, its end, and what was restored of it. */
public final class BackupLab {
    private static final Duration END_WAIT = Duration.ofMinutes(3);
    private static final Duration BETWEEN_STEPS = Duration.ofSeconds(3);
    private static final String STRAYS = "in the sink, and not in the database";

    private final CrashLab.Options options;
    private final Map<String, String> settings;
    private final Random random;
    private final NaughtySink sink;
    private final Caller caller = new Caller();
    private final List<String> broken = new ArrayList<>();

    private BackupLab(CrashLab.Options options, Map<String, String> settings, NaughtySink sink) {
        this.options = options;
        this.settings = settings;
        this.sink = sink;
        this.random = new Random(options.seed());
    }

    /**
     * Returns whether every promise was kept.
     *
     * @throws NotUnderstood when a kind of kill is named that there isn't
     */
    public static boolean run(CrashLab.Options options)
            throws IOException, InterruptedException, SQLException, NotUnderstood {
        options.expect();
        System.out.println("backup lab, seed " + options.seed() + ", in " + options.folder());
        var key = options.folder().resolve("master-key.json");
        CrashLab.createKey(options, key);
        var settings = new HashMap<>(CrashLab.settings(key, options.lease()));
        settings.put(CrashLab.JAVA_OPTIONS_VARIABLE, CrashLab.JAVA_OPTIONS);
        try (var sink = NaughtySink.start(new Random(options.seed()))) {
            return new BackupLab(options, settings, sink).run();
        }
    }

    private boolean run() throws IOException, InterruptedException, SQLException {
        var backup = options.folder().resolve("made.backup");
        var accepted = backUpUnderLoad(backup);
        var restores = new KillRestores(options, random, settings, backup, broken);
        restores.intoDatabases();
        restores.intoFolders();
        var isKept = judgeRestored(accepted);
        isKept &= upgradeUnderLoad();
        return isKept;
    }

    /** Returns what was accepted before the last backup began. */
    private List<Call> backUpUnderLoad(Path backup)
            throws IOException, InterruptedException, SQLException {
        var folder = options.folder().resolve("source");
        try (var node = Node.start(options.launcher(), "source", settings, options.folder())) {
            caller.awaitLogin(node.port());
            caller.connectMailboxes(node.port(), sink.port());
            sink.misbehavePerThousand(40);
            var traffic = traffic(node, "source");
            traffic.start();
            Thread.sleep(BETWEEN_STEPS.multipliedBy(2));
            new KillBackups(options, random, command(folder), broken).run();
            say("the backup that is restored", traffic);
            var begun = Instant.now();
            var made = command(folder).toItsEnd("backup", backup.toString());
            if (!made.isGood()) {
                broken.add("no backup: " + made);
            }
            say("emails from after the backup, and those that waited, are sent", traffic);
            Thread.sleep(BETWEEN_STEPS);
            node.killWithDatabase(folder);
            return traffic.end().stream().filter(call -> call.at().isBefore(begun)).toList();
        }
    }

    private boolean judgeRestored(List<Call> accepted)
            throws IOException, InterruptedException, SQLException {
        sink.misbehavePerThousand(0);
        caller.forgetToken();
        var name = KillRestores.LAST;
        try (var node = Node.start(options.launcher(), name, settings, options.folder())) {
            caller.awaitLogin(node.port());
            var before = sink.received().all().size();
            Thread.sleep(BETWEEN_STEPS);
            if (sink.received().all().size() != before) {
                broken.add("sent although its mailbox is paused");
            }
            resumeAll(node);
            var isKept = judge("restored", accepted, node, options.folder().resolve(name));
            node.end();
            return isKept;
        }
    }

    private boolean upgradeUnderLoad() throws IOException, InterruptedException, SQLException {
        var name = KillRestores.LAST;
        var folder = options.folder().resolve(name);
        sink.misbehavePerThousand(20);
        try (var node = Node.start(options.launcher(), name, settings, options.folder())) {
            var traffic = traffic(node, "upgraded");
            traffic.start();
            new KillUpgrades(random, command(folder), node, folder, broken).run();
            Thread.sleep(BETWEEN_STEPS);
            sink.misbehavePerThousand(0);
            return judge("upgraded", traffic.end(), node, folder);
        }
    }

    private boolean judge(String what, List<Call> calls, Node node, Path folder)
            throws IOException, InterruptedException, SQLException {
        var database = new LabDatabase(ConnectDatabase.embedded(folder));
        CrashLab.awaitEnd(() -> database.unfinished() == 0, END_WAIT);
        var emails = database.emails(sink.received());
        var verdict =
                Verdict.of(calls, emails, sink.received())
                        // what was accepted after the backup is lost, and was sent
                        .without(STRAYS)
                        .with("not as it must be after a kill", broken)
                        .with(
                                "the API says something else",
                                ReadBack.of(caller, node, node).differing(emails));
        System.out.println("## " + what);
        System.out.print(verdict.table());
        System.out.println(verdict.isKept() ? "every promise was kept" : "A PROMISE WAS BROKEN");
        return verdict.isKept();
    }

    private void resumeAll(Node node) throws IOException, InterruptedException {
        var paused = 0;
        for (var mailbox : caller.get(node.port(), "/mailboxes?limit=100").body().path("data")) {
            if (mailbox.path("state").asText().equals("paused")) {
                paused++;
                var path = "/mailboxes/" + mailbox.path("id").asText();
                var _ = caller.at(node.port()).patch(path, Map.of("state", "active")).text("id");
            }
        }
        System.out.println(paused + " mailboxes were paused, and are resumed");
        if (paused == 0) {
            broken.add("no mailbox was paused, so nothing was tried");
        }
    }

    private Traffic traffic(Node node, String prefix) {
        return new Traffic(
                caller,
                List.of(node),
                new Random(random.nextLong()),
                Traffic.Mailboxes.SMTP,
                prefix);
    }

    private RunCommand command(Path dataFolder) {
        var own = new HashMap<>(settings);
        own.put("POSTRIDER_DATA_DIR", dataFolder.toString());
        return new RunCommand(options.launcher(), options.folder(), own);
    }

    private static void say(String step, Traffic traffic) {
        System.out.printf("%s; %,d calls so far%n", step, traffic.soFar());
    }
}
