package dev.postrider.boot;

import dev.postrider.flow.store.lane.Backlog;
import dev.postrider.log.Journal;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.DatabaseAway;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

/**
 * What waits in the database, for {@code /metrics}: the same on every node. It is read at most once
 * in ten seconds however often it is asked for; while the database is away there is no figure
 * (NaN).
 */
@Singleton
final class BacklogMetrics implements MeterBinder {
    private static final Journal JOURNAL = Journal.of("boot");
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Database database;
    private final AtomicReference<Reading> last = new AtomicReference<>();

    BacklogMetrics(Database database) {
        this.database = database;
    }

    /** At a time of the node's own clock; without a backlog when the database was away. */
    private record Reading(long nanos, Optional<Backlog> backlog) {}

    @Override
    public void bindTo(MeterRegistry registry) {
        show(
                registry,
                "postrider.emails.waiting",
                "Emails still to be sent, scheduled ones included; counted up to 100,000",
                Backlog::emails);
        show(
                registry,
                "postrider.webhook.deliveries.waiting",
                "Webhook calls still to be made; counted up to 100,000",
                Backlog::deliveries);
        show(
                registry,
                "postrider.mailboxes.held",
                "Mailboxes whose server refused the login: their mail waits until somebody"
                        + " mends the login",
                Backlog::held);
        show(registry, "postrider.mailboxes.paused", "Mailboxes paused by a user", Backlog::paused);
        show(
                registry,
                "postrider.lanes.unserved",
                "Mailboxes with due mail that no node is serving; only briefly, unless nodes"
                        + " are missing",
                Backlog::lanes);
        show(
                registry,
                "postrider.lanes.unserved.seconds",
                "How long the oldest of them has been waiting",
                Backlog::seconds);
    }

    private void show(
            MeterRegistry registry,
            String name,
            String description,
            ToDoubleFunction<Backlog> figure) {
        Gauge.builder(name, () -> fresh().map(figure::applyAsDouble).orElse(Double.NaN))
                .description(description)
                .register(registry);
    }

    private Optional<Backlog> fresh() {
        var reading = last.get();
        if (reading == null || System.nanoTime() - reading.nanos() > FRESH.toNanos()) {
            reading = new Reading(System.nanoTime(), read());
            last.set(reading);
        }
        return reading.backlog();
    }

    private Optional<Backlog> read() {
        try {
            return Optional.of(database.read(Backlog::read));
        } catch (DatabaseAway e) {
            JOURNAL.detail("backlog can't be read", "reason", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
