package dev.postrider.bench.apis;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All scenarios and their page. */
public final class ApisBench {
    private ApisBench() {}

    /** What {@code --only} takes. */
    public static String keys() {
        return Scenario.all().stream().map(Scenario::key).collect(Collectors.joining(", "));
    }

    /**
     * Runs, prints, writes.
     *
     * @param launcher the script {@code postrider}
     * @param only keys of the scenarios to run, whose page is then not written; or none for all
     * @param warmUp how long each scenario goes on before it is measured
     * @param time how long it is measured
     */
    public static void run(
            Path launcher, Path file, List<String> only, Duration warmUp, Duration time)
            throws Exception {
        var run = new RunScenario(launcher, warmUp, time);
        var results = new LinkedHashMap<String, Map<String, Measurement>>();
        for (var scenario : Scenario.all()) {
            if (only.isEmpty() || only.contains(scenario.key())) {
                System.err.println(scenario.title() + " …");
                var result = run.run(scenario);
                System.err.print(ApisReport.table(result));
                results.put(scenario.key(), result);
            }
        }
        if (results.isEmpty()) {
            throw new IllegalArgumentException("no such scenario; there are " + keys());
        }
        if (only.isEmpty()) {
            var report = ApisReport.of(warmUp, time, results);
            System.out.println(report);
            Files.writeString(file, report);
        }
    }
}
