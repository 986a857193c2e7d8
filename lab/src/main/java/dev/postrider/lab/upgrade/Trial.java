package dev.postrider.lab.upgrade;

import dev.postrider.lab.crash.Call;
import dev.postrider.lab.crash.Caller;
import dev.postrider.lab.crash.ConnectDatabase;
import dev.postrider.lab.crash.CrashLab;
import dev.postrider.lab.crash.LabDatabase;
import dev.postrider.lab.crash.NaughtySink;
import dev.postrider.lab.crash.Node;
import dev.postrider.lab.crash.ReadBack;
import dev.postrider.lab.crash.Traffic;
import dev.postrider.lab.crash.Verdict;
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

/**
 * What both ways have: the steps are said, programs that mustn't start are tried, all is judged.
 */
final class Trial {
    private static final Duration END_WAIT = Duration.ofMinutes(3);
    private static final Duration BETWEEN_STEPS = Duration.ofSeconds(3);
    private static final int TO_BE_MENDED = 78;

    private final CrashLab.Options options;
    private final OldVersion old;
    private final Map<String, String> settings;
    private final Traffic traffic;
    private final ConnectDatabase database;
    private final List<String> refusals = new ArrayList<>();

    Trial(
            CrashLab.Options options,
            OldVersion old,
            Map<String, String> settings,
            Traffic traffic,
            ConnectDatabase database) {
        this.options = options;
        this.old = old;
        this.settings = Map.copyOf(settings);
        this.traffic = traffic;
        this.database = database;
    }

    Path newLauncher() {
        return options.launcher();
    }

    Path oldLauncher() {
        return old.launcher();
    }

    Schemas schemas() throws IOException, SQLException {
        return Schemas.in(options.folder(), options.launcher(), database);
    }

    void say(String step) throws InterruptedException {
        pause();
        System.out.printf("%s; %,d calls so far%n", step, traffic.soFar());
    }

    void pause() throws InterruptedException {
        Thread.sleep(BETWEEN_STEPS);
    }

    /**
     * A program that mustn't start, and must say why.
     *
     * @param more settings of its own, beside those of all
     * @param words that must be among what it says
     */
    void refuse(String what, Path launcher, Map<String, String> more, String words)
            throws IOException, InterruptedException {
        say(what);
        var log = options.folder().resolve("refused.log");
        Files.deleteIfExists(log);
        var refused = new HashMap<>(settings);
        refused.putAll(more);
        var status = Program.start(launcher, refused, log).awaitEnd();
        var said = Files.readString(log);
        System.out.print(said);
        if (status != TO_BE_MENDED || !said.contains(words)) {
            refusals.add(what + ": status " + status + ", " + said);
        }
    }

    /** The settings of a node more. */
    Map<String, String> third(Map<String, String> more) {
        var third = new HashMap<>(more);
        third.put("POSTRIDER_NODE", "three");
        third.put("POSTRIDER_DATA_DIR", options.folder().resolve("three").toString());
        return third;
    }

    boolean judge(List<Call> calls, NaughtySink sink, Caller caller, List<Node> nodes)
            throws IOException, InterruptedException, SQLException {
        var behind = new LabDatabase(database);
        CrashLab.awaitEnd(() -> behind.unfinished() == 0, END_WAIT);
        var emails = behind.emails(sink.received());
        var said = ReadBack.of(caller, nodes.getFirst(), nodes.getLast());
        var verdict =
                Verdict.of(calls, emails, sink.received())
                        .with("not refused as it must be", refusals)
                        .with("the API says something else", said.differing(emails));
        System.out.print(verdict.table());
        System.out.println(verdict.isKept() ? "every promise was kept" : "A PROMISE WAS BROKEN");
        return verdict.isKept();
    }
}
