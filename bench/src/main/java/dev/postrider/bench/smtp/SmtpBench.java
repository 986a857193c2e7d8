package dev.postrider.bench.smtp;

import dev.postrider.bench.rig.Arguments;
import dev.postrider.bench.rig.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All scenarios and their table. */
public final class SmtpBench {
    private static final Postrider VIRTUAL =
            new Postrider("Postrider", 10, Thread.ofVirtual().factory());
    private static final Postrider PLATFORM =
            new Postrider("Postrider, platform threads", 10, Thread.ofPlatform().factory());
    private static final List<Contender> PEERS =
            List.of(Nio.itsOwnSetUp(), Nio.onItsEventLoop(), new Angus(), new Vertx());

    private SmtpBench() {}

    /**
     * Runs, prints, writes, and ends the process, because a client library may have left a thread
     * behind.
     */
    public static void run(Arguments arguments) throws Exception {
        var results = new LinkedHashMap<Scenario, Map<String, Measurement>>();
        try (var sinks = Sinks.start()) {
            for (Scenario scenario : scenarios(sinks)) {
                if (arguments.wants(scenario.key())) {
                    System.err.println(scenario.title() + " …");
                    results.put(scenario, scenario.run());
                }
            }
        }
        Page.publish(
                arguments,
                arguments.only().isEmpty()
                        ? Report.of(results, Page.machine(arguments.launcher()))
                        : Report.rates(results) + "\n" + Report.costs(results));
        System.exit(0);
    }

    private static List<Scenario> scenarios(Sinks sinks) {
        List<Contender> near = with(VIRTUAL, PLATFORM);
        List<Contender> nearPlain = with(VIRTUAL, PLATFORM, new SmtpSource());
        List<Contender> far = with(VIRTUAL);
        return List.of(
                Scenario.near(
                        "plain-20",
                        "20 connections, no TLS, smtp-sink",
                        sinks.smtpSink(),
                        20,
                        nearPlain),
                Scenario.near(
                        "plain-1",
                        "1 connection, no TLS, smtp-sink",
                        sinks.smtpSink(),
                        1,
                        nearPlain),
                Scenario.near(
                        "loop-20",
                        "20 connections, no TLS, a sink on all processors",
                        sinks.named("loop", false),
                        20,
                        nearPlain),
                Scenario.near(
                        "testkit-20",
                        "20 connections, no TLS, testkit sink",
                        sinks.named("plain", false),
                        20,
                        near),
                Scenario.near(
                        "tls-20",
                        "20 connections, TLS 1.3, testkit sink",
                        sinks.named("tls", true),
                        20,
                        near),
                Scenario.near(
                        "tls-1",
                        "1 connection, TLS 1.3, testkit sink",
                        sinks.named("tls", true),
                        1,
                        near),
                Scenario.far(
                        "far-data",
                        "1 connection, 50 ms away, DATA",
                        sinks.named("far", false),
                        far),
                Scenario.far(
                        "far-chunking",
                        "1 connection, 50 ms away, CHUNKING",
                        sinks.named("far-chunking", false),
                        far));
    }

    private static List<Contender> with(Contender... ours) {
        var all = new ArrayList<Contender>(List.of(ours));
        all.addAll(PEERS);
        return all;
    }
}
