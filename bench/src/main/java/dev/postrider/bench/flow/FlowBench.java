package dev.postrider.bench.flow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/** All scenarios and their table. */
public final class FlowBench {
    /** In the first half minute the JVM's compilers take two fifths of the program's time. */
    private static final Duration WARM_UP = Duration.ofSeconds(45);

    private FlowBench() {}

    /**
     * How to run.
     *
     * @param launcher the script {@code postrider}
     * @param only keys of the scenarios to run, whose table is then not written; or none for all
     * @param clients how many requests are made at once
     * @param seconds how long each scenario is measured
     */
    public record Options(Path launcher, Path file, List<String> only, int clients, int seconds) {
        public Options {
            only = List.copyOf(only);
        }
    }

    /** Runs, prints, writes. */
    public static void run(Options options) throws Exception {
        var run =
                new RunScenario(options.launcher(), WARM_UP, Duration.ofSeconds(options.seconds()));
        var results = new LinkedHashMap<String, Measurement>();
        for (var scenario : RunScenario.all(options.clients())) {
            if (options.only().isEmpty() || options.only().contains(scenario.key())) {
                System.err.println(scenario.title() + " …");
                results.putAll(run.run(scenario));
            }
        }
        if (!options.only().isEmpty()) {
            System.out.println(FlowReport.table(results));
            return;
        }
        var report = FlowReport.of(results);
        System.out.println(report);
        Files.writeString(options.file(), report);
    }
}
