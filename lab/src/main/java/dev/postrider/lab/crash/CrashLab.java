package dev.postrider.lab.crash;

import dev.postrider.testkit.program.OwnPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One run: troubles in rounds, then the verdict. */
public final class CrashLab {
    private static final Duration END_WAIT = Duration.ofMinutes(3);

    private final Options options;
    private final Random random;

    /**
     * How to run.
     *
     * @param launcher the script {@code postrider}
     * @param folder for data and logs; kept when a promise is broken
     * @param rounds in each of which every kind of trouble is made once, in another order
     * @param lease how long a node's leases last, in seconds
     */
    public record Options(Path launcher, Path folder, int rounds, long seed, int lease) {}

    private CrashLab(Options options) {
        this.options = options;
        this.random = new Random(options.seed());
    }

    /** Returns whether every promise was kept. */
    public static boolean run(Options options)
            throws IOException, InterruptedException, SQLException {
        System.out.println("crash lab, seed " + options.seed() + ", in " + options.folder());
        return new CrashLab(options).run();
    }

    private boolean run() throws IOException, InterruptedException, SQLException {
        var key = options.folder().resolve("master-key.json");
        createKey(options, key);
        try (var sink = NaughtySink.start(new Random(random.nextLong()));
                var postgres = OwnPostgres.create(options.folder().resolve("postgres"))) {
            var settings = settings(postgres, key, options.lease());
            try (var first = node("one", settings);
                    var second = node("two", settings)) {
                return run(sink, postgres, List.of(first, second));
            }
        }
    }

    static Map<String, String> settings(OwnPostgres postgres, Path key, int lease) {
        return Map.of(
                "POSTRIDER_DATABASE_URL",
                postgres.url(),
                "POSTRIDER_MASTER_KEY_FILE",
                key.toString(),
                "POSTRIDER_OUTBOUND_ALLOW",
                "127.0.0.1/32",
                "POSTRIDER_ADMIN_EMAIL",
                Caller.USER,
                "POSTRIDER_ADMIN_PASSWORD",
                Caller.PASSWORD,
                "POSTRIDER_LEASE",
                lease + "s",
                "POSTRIDER_RETRY_FIRST",
                "5s",
                "POSTRIDER_RETRY_LONGEST",
                "10s");
    }

    static void createKey(Options options, Path key) throws IOException, InterruptedException {
        Files.createDirectories(options.folder());
        var create =
                new ProcessBuilder(options.launcher().toString(), "keys", "create", key.toString())
                        .inheritIO()
                        .start();
        if (create.waitFor() != 0) {
            throw new IOException("no master key could be made");
        }
    }

    private Node node(String name, Map<String, String> settings)
            throws IOException, InterruptedException {
        return Node.start(options.launcher(), name, settings, options.folder());
    }

    private boolean run(NaughtySink sink, OwnPostgres postgres, List<Node> nodes)
            throws IOException, InterruptedException, SQLException {
        var database = new LabDatabase(postgres);
        var caller = new Caller();
        caller.connectMailboxes(nodes.getFirst().port(), sink.port());
        var traffic = new Traffic(caller, nodes, new Random(random.nextLong()));
        var trouble =
                new MakeTrouble(
                        nodes,
                        postgres,
                        sink,
                        Duration.ofSeconds(options.lease()),
                        new Random(random.nextLong()));
        sink.misbehavePerThousand(MakeTrouble.USUAL);
        traffic.start();
        for (var round = 1; round <= options.rounds(); round++) {
            for (var kind : shuffled()) {
                trouble.waitUpTo(3_000);
                System.out.printf("round %d: %s, %,d calls so far%n", round, kind, traffic.soFar());
                trouble.make(kind);
            }
        }
        sink.misbehavePerThousand(0);
        var calls = traffic.end();
        awaitEnd(database, END_WAIT);
        var verdict =
                Verdict.of(calls, database.emails(sink.received()), sink.received())
                        .with(
                                "unknown after nodes that were asked to end",
                                database.unknownOf(trouble.orderly()));
        System.out.println("troubles: " + trouble.made() + ", mischief: " + sink.done());
        System.out.print(verdict.table());
        System.out.println(verdict.isKept() ? "every promise was kept" : "A PROMISE WAS BROKEN");
        return verdict.isKept();
    }

    private List<Trouble> shuffled() {
        var kinds = new ArrayList<>(Arrays.asList(Trouble.values()));
        Collections.shuffle(kinds, random);
        return kinds;
    }

    static void awaitEnd(LabDatabase database, Duration patience)
            throws InterruptedException, SQLException {
        var end = System.nanoTime() + patience.toNanos();
        while (database.unfinished() > 0 && System.nanoTime() < end) {
            Thread.sleep(1_000);
        }
    }
}
