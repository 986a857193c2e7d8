package dev.postrider.bench.flow;

import dev.postrider.bench.flow.Scenario.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs a scenario on a new rig. */
record RunScenario(Path launcher, Duration warmUp, Duration time) {
    static final String FULL_100 = "100 mailboxes";
    static final String POSTFIX_1 = "a real Postfix, a caller who waits";
    static final String POSTFIX_8 = "a real Postfix, 8 callers who wait";
    static final String ONE_AWAITED = "1 mailbox, a caller who waits";

    /** A mailbox's, when nobody says otherwise. */
    private static final int CONNECTIONS = 3;

    /**
     * Those who warm the program up for callers who wait: by one alone the JVM's compilers have
     * enough to do for many minutes.
     */
    private static final int WARMING = 16;

    private static final Duration SETTLED = Duration.ofSeconds(5);
    private static final Duration DRAIN = Duration.ofMinutes(1);

    /** The measurements by their titles. */
    Map<String, Measurement> run(Scenario scenario)
            throws IOException, InterruptedException, SQLException {
        var route = scenario.kind().isAwaited() ? Route.SEND_EMAIL : Route.EMAILS;
        try (var rig = Rig.start(launcher, scenario.kind() == Kind.AWAITED_POSTFIX)) {
            var requests = rig.requests(scenario.mailboxes(), route);
            var clients =
                    scenario.kind().isAwaited()
                            ? Math.max(WARMING, scenario.clients())
                            : scenario.clients();
            try (var generator = new Generator(rig.program().port(), clients, rig.ledger())) {
                generator.post(requests);
                generator.start();
                return switch (scenario.kind()) {
                    case FULL -> full(scenario, rig, generator);
                    case BACKLOG -> backlog(scenario, rig, generator);
                    case AWAITED -> awaited(scenario, rig, generator);
                    case AWAITED_POSTFIX -> beside(scenario, rig, generator);
                };
            }
        }
    }

    private Map<String, Measurement> full(Scenario scenario, Rig rig, Generator generator)
            throws IOException, InterruptedException, SQLException {
        var measurements = new LinkedHashMap<String, Measurement>();
        generator.keepWaiting(scenario.waiting(), 0);
        Thread.sleep(warmUp);
        var full = Measurement.over(time, rig, generator, scenario.kind());
        measurements.put(scenario.title(), full);
        var half = full.sentPerSecond() / 2;
        generator.postEvenly(half);
        Thread.sleep(SETTLED);
        measurements.put(
                scenario.title() + ", at half of that",
                Measurement.over(time.dividedBy(2), rig, generator, scenario.kind()));
        return measurements;
    }

    private Map<String, Measurement> backlog(Scenario scenario, Rig rig, Generator generator)
            throws IOException, InterruptedException, SQLException {
        generator.keepWaiting(Math.min(scenario.waiting(), 1_000), 0);
        Thread.sleep(warmUp);
        drain(rig, generator);
        var backlog = new Backlog(rig.program().connection());
        backlog.pause();
        generator.keepWaiting(scenario.mailboxes(), 0);
        while (backlog.waiting() < scenario.mailboxes()) {
            Thread.sleep(50);
        }
        generator.rest();
        backlog.multiply(scenario.waiting() / scenario.mailboxes());
        var before = backlog.waiting() - scenario.mailboxes();
        generator.keepWaiting(scenario.waiting(), before);
        backlog.release();
        Thread.sleep(SETTLED);
        return Map.of(scenario.title(), Measurement.over(time, rig, generator, scenario.kind()));
    }

    private Map<String, Measurement> awaited(Scenario scenario, Rig rig, Generator generator)
            throws IOException, InterruptedException, SQLException {
        generator.keepWaiting(Integer.MAX_VALUE, 0);
        Thread.sleep(warmUp);
        generator.atOnce(scenario.clients());
        Thread.sleep(SETTLED);
        return Map.of(scenario.title(), Measurement.over(time, rig, generator, scenario.kind()));
    }

    private Map<String, Measurement> beside(Scenario scenario, Rig rig, Generator generator)
            throws IOException, InterruptedException, SQLException {
        var measurements = new LinkedHashMap<>(awaited(scenario, rig, generator));
        generator.rest();
        var connections = Math.min(scenario.clients(), CONNECTIONS);
        var server = (PostfixServer) rig.server();
        var _ = PlainLoop.run(server, connections, SETTLED);
        measurements.put(plainLoop(connections), PlainLoop.run(server, connections, time));
        return measurements;
    }

    private static void drain(Rig rig, Generator generator)
            throws InterruptedException, IOException {
        generator.rest();
        var end = System.nanoTime() + DRAIN.toNanos();
        while (rig.ledger().taken() < generator.next() - generator.refused()) {
            if (System.nanoTime() > end) {
                throw new IOException("not all that was accepted arrives");
            }
            Thread.sleep(50);
        }
    }

    static List<Scenario> all(int clients) {
        return List.of(
                new Scenario("full-1", "1 mailbox", Kind.FULL, 1, 2_000, clients),
                new Scenario("full-100", FULL_100, Kind.FULL, 100, 2_000, clients),
                backlog("backlog-1k", 1_000, clients),
                backlog("backlog-100k", 100_000, clients),
                backlog("backlog-1m", 1_000_000, clients),
                new Scenario("awaited", ONE_AWAITED, Kind.AWAITED, 1, 0, 1),
                postfix("postfix-1", POSTFIX_1, 1),
                postfix("postfix-8", POSTFIX_8, 8));
    }

    static String plainLoop(int connections) {
        return "a plain loop over " + connections + " to that Postfix";
    }

    private static Scenario postfix(String key, String title, int clients) {
        return new Scenario(key, title, Kind.AWAITED_POSTFIX, 1, 0, clients);
    }

    private static Scenario backlog(String key, int waiting, int clients) {
        return new Scenario(key, waiting(waiting), Kind.BACKLOG, 100, waiting, clients);
    }

    static String waiting(int waiting) {
        return String.format(Locale.ROOT, "100 mailboxes, %,d waiting", waiting);
    }
}
