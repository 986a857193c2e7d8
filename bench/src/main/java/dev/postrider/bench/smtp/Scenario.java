package dev.postrider.bench.smtp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The same load for all contenders, in rounds that take turns. */
record Scenario(
        String key,
        String title,
        Target target,
        int connections,
        List<Contender> contenders,
        Duration warmUp,
        Duration round,
        int rounds) {

    /** A local one: short rounds, many of them. */
    static Scenario near(
            String key, String title, Target target, int connections, List<Contender> contenders) {
        return new Scenario(
                key,
                title,
                target,
                connections,
                contenders,
                Duration.ofSeconds(2),
                Duration.ofMillis(1500),
                5);
    }

    /** Over a long link, where a round holds few messages. */
    static Scenario far(String key, String title, Target target, List<Contender> contenders) {
        return new Scenario(
                key, title, target, 1, contenders, Duration.ofSeconds(2), Duration.ofSeconds(3), 3);
    }

    private record Entrant(String name, Sender sender, List<Measurement> measurements) {}

    /** The medians of each contender. */
    Map<String, Measurement> run() throws Exception {
        var entrants = new ArrayList<Entrant>();
        try {
            for (Contender contender : contenders) {
                Sender sender = contender.connect(target, connections);
                entrants.add(new Entrant(contender.name(), sender, new ArrayList<>()));
                sender.send(warmUp);
            }
            for (int i = 0; i < rounds; i++) {
                for (Entrant entrant : entrants) {
                    entrant.measurements().add(Measurement.of(entrant.sender(), round));
                }
            }
        } finally {
            for (Entrant entrant : entrants) {
                entrant.sender().close();
            }
        }
        var medians = new LinkedHashMap<String, Measurement>();
        entrants.forEach(entrant -> medians.put(entrant.name(), median(entrant.measurements())));
        return medians;
    }

    private static Measurement median(List<Measurement> all) {
        return new Measurement(
                median(all, Measurement::perSecond),
                median(all, Measurement::allocated),
                median(all, Measurement::cpu));
    }

    private static double median(List<Measurement> all, ToDoubleFunction<Measurement> value) {
        double[] sorted = all.stream().mapToDouble(value).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
