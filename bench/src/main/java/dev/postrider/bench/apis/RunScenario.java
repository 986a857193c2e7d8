package dev.postrider.bench.apis;

import dev.postrider.bench.rig.JavaProcess;
import dev.postrider.bench.rig.ProcessCost;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a scenario on a new rig, and then a loop without us against the same servers. */
record RunScenario(Path launcher, Duration warmUp, Duration time) {

    /** The measurements by their titles. */
    Map<String, Measurement> run(Scenario scenario)
            throws IOException, InterruptedException, SQLException {
        var measurements = new LinkedHashMap<String, Measurement>();
        try (var rig = Rig.start(launcher, scenario.mailboxes())) {
            measurements.put(scenario.title(), ours(scenario, rig));
            if (scenario.wire() != Wire.SMTP) {
                measurements.put(plain(scenario), plain(scenario, rig));
            }
        }
        return measurements;
    }

    static String plain(Scenario scenario) {
        return switch (scenario.kind()) {
            case FULL -> "— two loops without us";
            case PACED -> "— 1,000 loops without us";
            case SELDOM -> "— a loop without us";
        };
    }

    private Measurement ours(Scenario scenario, Rig rig)
            throws IOException, InterruptedException, SQLException {
        var requests = rig.requests(scenario);
        var port = rig.program().port();
        var counters = rig.servers().counters();
        return switch (scenario.kind()) {
            case FULL, PACED -> {
                try (var load = Load.start(scenario, port, requests, counters)) {
                    load.go(warmUp.toNanos());
                    var before = Reading.of(rig.program(), rig.servers());
                    load.go(time.toNanos());
                    yield measured(rig, before, List.of());
                }
            }
            case SELDOM -> {
                var seldom = new Seldom(requests, counters);
                var _ = seldom.run(port, warmUp);
                var before = Reading.of(rig.program(), rig.servers());
                yield measured(rig, before, seldom.run(port, time));
            }
        };
    }

    private static Measurement measured(Rig rig, Reading before, List<Long> latencies)
            throws IOException, SQLException {
        return new Measurement(
                before,
                Reading.of(rig.program(), rig.servers()),
                latencies,
                ProcessCost.peakMegabytes(rig.program().pid()));
    }

    private Measurement plain(Scenario scenario, Rig rig) throws IOException {
        try (JavaProcess loop = rig.plainLoop(scenario, warmUp, time)) {
            var _ = loop.line();
            var before = Reading.of(loop.pid(), rig.servers());
            var line = loop.line();
            return new Measurement(
                    before,
                    Reading.of(loop.pid(), rig.servers()),
                    line.isEmpty()
                            ? List.of()
                            : Arrays.stream(line.split(" ")).map(Long::valueOf).toList(),
                    ProcessCost.peakMegabytes(loop.pid()));
        }
    }
}
