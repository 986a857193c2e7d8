package dev.postrider.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;

/**
 * Counts what happens, told apart by one label with few values.
 *
 * @param name in Prometheus with {@code _total} behind it
 */
public record LabelledCounter(String name, String description, String label) {
    public void add(String value, int times) {
        Counter.builder(name)
                .description(description)
                .tag(label, value)
                .register(Metrics.globalRegistry)
                .increment(times);
    }
}
