package dev.postrider.lab.crash;

import dev.postrider.lab.provider.Account;
import dev.postrider.lab.provider.LabProviders;
import dev.postrider.testkit.program.OwnPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One run: troubles in rounds, then the verdict. */
public final class CrashLab {
    private static final Duration END_WAIT = Duration.ofMinutes(3);

    /** Of no node: whoever follows a link chooses one, as a load balancer would. */
    private static final String PUBLIC_URL = "http://localhost";

    /** The JDK reads it beside the launcher's options, which stay as they are. */
    public static final String JAVA_OPTIONS_VARIABLE = "JDK_JAVA_OPTIONS";

    /**
     * Programs that are killed soon aren't compiled twice, and the lab's mailboxes show at once
     * what was sent.
     */
    public static final String JAVA_OPTIONS =
            "-XX:TieredStopAtLevel=1 -Dpostrider.settles-seconds=4";

    private final Options options;
    private final Random random;

    /**
     * How to run.
     *
     * @param launcher the script {@code postrider}
     * @param folder for data and logs; kept when a promise is broken
     * @param rounds in each of which every kind of trouble is made once, in another order
     * @param lease how long a node's leases last, in seconds
     * @param only the kinds of trouble; none for all of them
     */
    public record Options(
            Path launcher, Path folder, int rounds, long seed, int lease, List<String> only) {
        public Options {
            only = List.copyOf(only);
        }

        /**
         * A name that is none would try nothing, and find that every promise was kept.
         *
         * @param known all that may be tried
         */
        public void expect(Enum<?>... known) throws NotUnderstood {
            var names = Arrays.stream(known).map(Enum::name).toList();
            for (var name : only) {
                if (!names.contains(name)) {
                    throw new NotUnderstood("--only " + name + ": there are " + names + ".");
                }
            }
        }
    }

    private CrashLab(Options options) {
        this.options = options;
        this.random = new Random(options.seed());
    }

    /**
     * Returns whether every promise was kept.
     *
     * @throws NotUnderstood when a kind of trouble is named that there isn't
     */
    public static boolean run(Options options)
            throws IOException, InterruptedException, SQLException, NotUnderstood {
        options.expect(Trouble.values());
        System.out.println("crash lab, seed " + options.seed() + ", in " + options.folder());
        return new CrashLab(options).run();
    }

    private boolean run() throws IOException, InterruptedException, SQLException {
        var key = options.folder().resolve("master-key.json");
        createKey(options, key);
        try (var sink = NaughtySink.start(new Random(random.nextLong()));
                var providers =
                        LabProviders.start(
                                new Random(random.nextLong()), LabProviders.SHORT_TOKENS);
                var hook = HookReceiver.start();
                var postgres = OwnPostgres.create(options.folder().resolve("postgres"))) {
            var settings = settings(postgres, key, options, providers);
            try (var first = node("one", settings);
                    var second = node("two", settings)) {
                var around = new Around(sink, providers, hook, postgres);
                return run(around, List.of(first, second));
            }
        }
    }

    /** What the program has to do with. */
    private record Around(
            NaughtySink sink, LabProviders providers, HookReceiver hook, OwnPostgres postgres) {}

    public static Map<String, String> settings(
            OwnPostgres postgres, Path key, Options options, LabProviders providers)
            throws IOException {
        providers.redirectTo(PUBLIC_URL);
        var file = options.folder().resolve("providers.json");
        Files.writeString(file, providers.file());
        var settings = new HashMap<>(settings(postgres.url(), key, options.lease()));
        settings.put("POSTRIDER_PROVIDERS_FILE", file.toString());
        settings.put("POSTRIDER_PUBLIC_URL", PUBLIC_URL);
        settings.put(JAVA_OPTIONS_VARIABLE, JAVA_OPTIONS);
        return settings;
    }

    public static Map<String, String> settings(String database, Path key, int lease) {
        var settings = new HashMap<>(settings(key, lease));
        settings.put("POSTRIDER_DATABASE_URL", database);
        return settings;
    }

    /** With the database that is in the program. */
    public static Map<String, String> settings(Path key, int lease) {
        return Map.of(
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

    public static void createKey(Options options, Path key)
            throws IOException, InterruptedException {
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

    private boolean run(Around around, List<Node> nodes)
            throws IOException, InterruptedException, SQLException {
        var database = new LabDatabase(around.postgres()::connect);
        var mailboxes = new MailboxDatabase(around.postgres()::connect);
        var caller = new Caller();
        var port = nodes.getFirst().port();
        caller.awaitLogin(port);
        caller.connectMailboxes(port, around.sink().port());
        caller.listen(port, around.hook().url());
        var grants =
                new GrantTrouble(
                        around.providers(),
                        caller,
                        nodes,
                        mailboxes,
                        new Random(random.nextLong()));
        grants.connectAll();
        around.providers().beNaughty();
        var traffic = new Traffic(caller, nodes, new Random(random.nextLong()));
        var trouble =
                new MakeTrouble(
                        nodes,
                        around.postgres(),
                        around.sink(),
                        around.providers(),
                        Duration.ofSeconds(options.lease()),
                        new Random(random.nextLong()));
        trouble.misbehave(MakeTrouble.USUAL);
        traffic.start();
        grants.start();
        for (var round = 1; round <= options.rounds(); round++) {
            for (var kind : shuffled()) {
                trouble.waitUpTo(3_000);
                System.out.printf("round %d: %s, %,d calls so far%n", round, kind, traffic.soFar());
                trouble.make(kind);
            }
        }
        grants.end();
        trouble.misbehave(0);
        var calls = traffic.end();
        awaitEnd(() -> database.unfinished() + mailboxes.undelivered() == 0, END_WAIT);
        var verdict = verdict(around, calls, database, mailboxes, grants, trouble);
        System.out.println("troubles: " + trouble.made() + " " + grants.made());
        System.out.println("mischief: " + around.sink().done() + " " + around.providers().done());
        System.out.print(verdict.table());
        System.out.println(verdict.isKept() ? "every promise was kept" : "A PROMISE WAS BROKEN");
        return verdict.isKept();
    }

    private static Verdict verdict(
            Around around,
            List<Call> calls,
            LabDatabase database,
            MailboxDatabase mailboxes,
            GrantTrouble grants,
            MakeTrouble trouble)
            throws SQLException {
        var received = around.sink().received();
        database.readSandbox(received);
        for (var account : Account.ALL) {
            around.providers().sent(account).forEach(received::add);
        }
        var happened = new HashMap<>(grants.happened());
        happened.putAll(mailboxes.connected());
        var told = new Told(happened, mailboxes.events(), around.hook().told());
        var refreshes = around.providers().refreshes();
        return Verdict.of(calls, database.emails(received), received)
                .counting("events told", told.events().size())
                .counting("refreshes", refreshes.count())
                .counting("… that were answered", refreshes.good())
                .with(
                        "unknown after nodes that were asked to end",
                        database.unknownOf(trouble.orderly()))
                .with("not told as it happened", told.wrong())
                .with("not delivered to the webhook", told.undelivered())
                .with("mailboxes that aren't active", mailboxes.notActive())
                .with("not noticed", grants.unnoticed())
                .with(
                        "refreshed once more although the answer had come",
                        refreshes.needless(trouble::isBetween));
    }

    private List<Trouble> shuffled() {
        var kinds = new ArrayList<>(Arrays.asList(Trouble.values()));
        kinds.removeIf(kind -> !options.only().isEmpty() && !options.only().contains(kind.name()));
        Collections.shuffle(kinds, random);
        return kinds;
    }

    /** Something that is read from the database. */
    public interface Condition {
        boolean holds() throws SQLException;
    }

    public static void awaitEnd(Condition condition, Duration patience)
            throws InterruptedException, SQLException {
        var end = System.nanoTime() + patience.toNanos();
        while (!condition.holds() && System.nanoTime() < end) {
            Thread.sleep(500);
        }
    }
}
