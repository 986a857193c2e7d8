package dev.postrider.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Metrics;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Counts what happens, told apart by one label with few values.
 *
 * @param name in Prometheus with {@code _total} behind it
 */
public record LabelledCounter(String name, String description, String label) {
    public void add(String value, int times) {
        counter(value).increment(times);
    }

    /** Shows these at zero: the first that happens is then seen as an increase. */
    public void show(List<String> values) {
        values.forEach(this::counter);
    }

    /**
     * Shows a value that somebody else counts.
     *
     * @param counter kept by whoever gives it, or it is shown no more
     * @param counted from nothing up
     */
    public <T> void show(String value, T counter, ToDoubleFunction<T> counted) {
        FunctionCounter.builder(name, counter, counted)
                .description(description)
                .tag(label, value)
                .register(Metrics.globalRegistry);
    }

    private Counter counter(String value) {
        return Counter.builder(name)
                .description(description)
                .tag(label, value)
                .register(Metrics.globalRegistry);
    }
}
