package dev.postrider.meter;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long something takes that waits for another machine, told apart by one label with few values.
 *
 * @param name in Prometheus with {@code _seconds_bucket}, {@code _sum} and {@code _count} behind it
 */
public record LabelledTimer(String name, String description, String label) {
    private static final Duration[] BUCKETS =
            Stream.of(10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000)
                    .map(Duration::ofMillis)
                    .toArray(Duration[]::new);

    public void add(String value, Duration lapse) {
        timer(value).record(lapse);
    }

    /** Shows these at zero: the first that happens is then seen as an increase. */
    public void show(List<String> values) {
        values.forEach(this::timer);
    }

    private Timer timer(String value) {
        return Timer.builder(name)
                .description(description)
                .tag(label, value)
                .serviceLevelObjectives(BUCKETS)
                .register(Metrics.globalRegistry);
    }
}
