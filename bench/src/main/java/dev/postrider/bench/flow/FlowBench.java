package dev.postrider.bench.flow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** All scenarios and their table. */
public final class FlowBench {
    private FlowBench() {}

    /**
     * How to run.
     *
     * @param launcher the script {@code postrider}
     * @param only keys of the scenarios to run, comma separated, whose table is then not written;
     *     or an empty string
     * @param route {@code emails} or {@code send-email}
     */
    public record Options(
            Path launcher, Path file, String only, String route, int clients, int seconds) {}

    public static void run(Options options) throws Exception {
        var route =
                Route.valueOf(options.route().replace('-', '_').toUpperCase(java.util.Locale.ROOT));
        var run =
                new RunScenario(
                        options.launcher(),
                        route,
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(options.seconds()));
        var measurements = new LinkedHashMap<String, Measurement>();
        for (var scenario : RunScenario.all(options.clients())) {
            if (options.only().isEmpty()
                    || ("," + options.only() + ",").contains("," + scenario.key() + ",")) {
                System.err.println(scenario.title() + " …");
                Map<String, Measurement> measured = run.run(scenario);
                System.err.print(FlowReport.table(measured));
                measurements.putAll(measured);
            }
        }
        var table = FlowReport.table(measurements);
        System.out.println(table);
        if (options.only().isEmpty()) {
            Files.writeString(options.file(), table);
        }
    }
}
