package dev.postrider.lab.failover;

import dev.postrider.lab.crash.Caller;
import dev.postrider.lab.crash.CrashLab;
import dev.postrider.lab.crash.NaughtySink;
import dev.postrider.lab.crash.Node;
import dev.postrider.lab.crash.NotUnderstood;
import dev.postrider.testkit.program.Program;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One run: faults in rounds, in another order each time. */
public final class FailoverLab {
    private static final String PASSWORD = "a password for the sink";

    private final FailoverOptions options;
    private final Random random;

    private FailoverLab(FailoverOptions options) {
        this.options = options;
        this.random = new Random(options.common().seed());
    }

    /**
     * Returns whether every promise was kept.
     *
     * @param words of the command line
     * @throws NotUnderstood when they name what there isn't
     */
    public static boolean run(CrashLab.Options common, List<String> words)
            throws IOException, InterruptedException, SQLException, NotUnderstood {
        var options = FailoverOptions.parse(common, words);
        System.out.println("failover lab, " + options.text() + ", in " + common.folder());
        return new FailoverLab(options).run();
    }

    private boolean run() throws IOException, InterruptedException, SQLException {
        var common = options.common();
        var folder = common.folder();
        var key = folder.resolve("master-key.json");
        CrashLab.createKey(common, key);
        try (var sink = NaughtySink.start(new Random(random.nextLong()), PASSWORD);
                var cluster = PatroniCluster.start(folder.resolve("servers"), options);
                var proxies = Proxies.start(folder.resolve("proxies"), options.route(), cluster)) {
            migrate(CrashLab.settings(proxies.directUrl(), key, common.lease()));
            var settings = new HashMap<>(CrashLab.settings(proxies.url(), key, common.lease()));
            settings.put(CrashLab.JAVA_OPTIONS_VARIABLE, CrashLab.JAVA_OPTIONS);
            try (var one = Node.start(common.launcher(), "one", settings, folder);
                    var two = Node.start(common.launcher(), "two", settings, folder)) {
                var caller = new Caller();
                caller.awaitLogin(one.port());
                caller.connectMailboxes(one.port(), sink.port(), PASSWORD);
                var nodes = List.of(one, two);
                var faults = new MakeFault(cluster, proxies, nodes, new Random(random.nextLong()));
                var trials =
                        new TryFault(
                                sink,
                                cluster,
                                nodes,
                                faults,
                                caller,
                                new Random(random.nextLong()));
                return run(trials, sink);
            }
        }
    }

    /** Behind a pooler of transactions no schema is made: a node starts once without it. */
    private void migrate(Map<String, String> settings) throws IOException, InterruptedException {
        var folder = options.common().folder();
        var own = new HashMap<>(settings);
        own.put("POSTRIDER_DATA_DIR", folder.resolve("migrates").toString());
        var log = folder.resolve("migrates.log");
        try (var program = Program.start(options.common().launcher(), own, log)) {
            program.awaitReady();
        }
    }

    /** Until a promise is broken: what comes then may be its consequence. */
    private boolean run(TryFault trials, NaughtySink sink)
            throws IOException, InterruptedException, SQLException {
        var done = new ArrayList<Trial>();
        var isKept = true;
        for (var round = 1; isKept && round <= options.common().rounds(); round++) {
            var faults = shuffled().iterator();
            while (isKept && faults.hasNext()) {
                var fault = faults.next();
                System.out.printf("round %d: %s%n", round, fault);
                var trial = trials.run(fault, round);
                System.out.print(Trial.table(List.of(trial)));
                done.add(trial);
                isKept = trial.broken() == 0;
            }
        }
        System.out.println("mischief: " + sink.done());
        System.out.print(Trial.table(done));
        System.out.println(isKept ? "every promise was kept" : "A PROMISE WAS BROKEN");
        return isKept;
    }

    private List<Fault> shuffled() {
        var faults = new ArrayList<>(Fault.on(options.route(), options.common().only()));
        Collections.shuffle(faults, random);
        return faults;
    }
}
