package dev.postrider.bench.emails;

import dev.postrider.bench.rig.Memory;
import dev.postrider.bench.rig.ProgramRig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** All scenarios and their page. */
public final class EmailsBench {
    private static final Duration WARM_UP = Duration.ofSeconds(15);

    private EmailsBench() {}

    /**
     * Runs, prints, writes.
     *
     * @param launcher the script {@code postrider}
     * @param only the beginning of the titles to run, whose page is then not written
     * @param seconds how long each scenario is measured
     */
    public static void run(Path launcher, Path file, String only, int seconds) throws Exception {
        var time = Duration.ofSeconds(seconds);
        var rates = new LinkedHashMap<Scenario, Measurement>();
        for (var scenario : Scenario.ofRates()) {
            if (scenario.title().startsWith(only)) {
                rates.put(scenario, measure(launcher, scenario, time, false));
            }
        }
        var memory = new LinkedHashMap<Scenario, Measurement>();
        for (var scenario : Scenario.ofMemory()) {
            if (scenario.title().startsWith(only)) {
                memory.put(scenario, measure(launcher, scenario, time, true));
            }
        }
        if (!only.isEmpty()) {
            return;
        }
        var report = EmailsReport.of(time, rates, memory);
        System.out.println(report);
        Files.writeString(file, report);
    }

    /** Of a user with a mailbox that sends nothing. */
    private static String key(ProgramRig rig) throws IOException, InterruptedException {
        var mailbox = Map.of("address", ProgramRig.USER, "provider", "sandbox");
        var _ = rig.user().post("/mailboxes", mailbox).text("id");
        return rig.key();
    }

    private static Measurement measure(
            Path launcher, Scenario scenario, Duration time, boolean watched)
            throws IOException, InterruptedException, SQLException {
        System.err.println(scenario.title() + ", " + scenario.clients() + " at once …");
        try (var rig = ProgramRig.start(launcher);
                var memory = Memory.of(rig.pid())) {
            var request = Request.octets(ProgramRig.USER, key(rig), scenario.octets());
            var load = new Load(rig.port(), request, scenario.clients());
            load.run(WARM_UP.toNanos());
            var measurement = Measurement.of(load, time, rig, memory, watched);
            System.err.print(
                    watched
                            ? EmailsReport.memory(scenario, measurement)
                            : EmailsReport.rate(scenario, measurement));
            return measurement;
        }
    }
}
