package dev.postrider.boot;

import dev.postrider.credential.grant.AppFaults;
import dev.postrider.postgres.DatabaseAway;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;

/** How many of the operator's apps are refused, for {@code /metrics}: the same on every node. */
@Singleton
record ProviderAppMetrics(AppFaults faults) implements MeterBinder {
    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("postrider.provider.apps.failing", this::count)
                .description(
                        "Apps at Google and Microsoft that are refused: all their mailboxes wait"
                                + " until their operator mends them")
                .register(registry);
    }

    private double count() {
        try {
            return faults.failing().size();
        } catch (DatabaseAway _) {
            return Double.NaN;
        }
    }
}
