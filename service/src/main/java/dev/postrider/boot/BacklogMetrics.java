package dev.postrider.boot;

import dev.postrider.credential.provider.ProviderApps;
import dev.postrider.flow.store.lane.Backlog;
import dev.postrider.log.Journal;
import dev.postrider.mailbox.health.MailboxCounts;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.DatabaseAway;
import dev.postrider.transport.Kind;
import dev.postrider.transport.Kinds;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
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

    private final Kinds kinds;

    private final ProviderApps apps;

    BacklogMetrics(Database database, Kinds kinds, ProviderApps apps) {
        this.apps = apps;
        this.database = database;
        this.kinds = kinds;
    }

    /** At a time of the node's own clock; without figures when the database was away. */
    private record Reading(long nanos, Optional<Figures> figures) {}

    private record Figures(Backlog backlog, MailboxCounts mailboxes) {}

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("postrider.database.up", () -> fresh().isPresent() ? 1 : 0)
                .description("1 while this node can read the database, else 0")
                .register(registry);
        FunctionCounter.builder("postrider.database.statements", database, Database::statements)
                .description(
                        "Statements that this node has sent to the database; hardly more than one"
                                + " a second while nothing happens")
                .register(registry);
        show(
                registry,
                "postrider.emails.waiting",
                "Emails still to be sent, scheduled ones included; counted up to 100,000",
                figures -> figures.backlog().emails());
        show(
                registry,
                "postrider.webhook.deliveries.waiting",
                "Webhook calls still to be made; counted up to 100,000",
                figures -> figures.backlog().deliveries());
        kinds.all().stream().map(Kind::name).forEach(kind -> bindMailboxes(registry, kind));
        show(
                registry,
                "postrider.mailboxes.expiring",
                "Mailboxes whose users' grants end within a week",
                figures -> figures.mailboxes().expiring());
        show(
                registry,
                "postrider.provider.apps.failing",
                "The operator's apps that Google or Microsoft refuses: their mailboxes rest until"
                        + " that is mended",
                figures -> figures.mailboxes().failingApps());
        Gauge.builder(
                        "postrider.provider.secrets.ending",
                        () -> apps.secretsThatEnd(LocalDate.now(ZoneOffset.UTC)).size())
                .description(
                        "The operator's apps at Google or Microsoft whose secret ends within a month, or"
                                + " has ended")
                .register(registry);
        show(
                registry,
                "postrider.lanes.unserved",
                "Mailboxes with due mail that no node is serving; only briefly, unless nodes"
                        + " are missing",
                figures -> figures.backlog().lanes());
        show(
                registry,
                "postrider.lanes.unserved.seconds",
                "How long the oldest of them has been waiting",
                figures -> figures.backlog().seconds());
    }

    private void bindMailboxes(MeterRegistry registry, String kind) {
        show(
                registry,
                "postrider.mailboxes.held",
                "Mailboxes whose login doesn't work any more: their mail waits until somebody"
                        + " mends it",
                figures -> figures.mailboxes().held().getOrDefault(kind, 0L),
                "provider",
                kind);
        show(
                registry,
                "postrider.mailboxes.paused",
                "Mailboxes paused by a user",
                figures -> figures.mailboxes().paused().getOrDefault(kind, 0L),
                "provider",
                kind);
    }

    private void show(
            MeterRegistry registry,
            String name,
            String description,
            ToDoubleFunction<Figures> figure,
            String... tags) {
        Gauge.builder(name, () -> fresh().map(figure::applyAsDouble).orElse(Double.NaN))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private Optional<Figures> fresh() {
        var reading = last.get();
        if (reading == null || System.nanoTime() - reading.nanos() > FRESH.toNanos()) {
            reading = new Reading(System.nanoTime(), read());
            last.set(reading);
        }
        return reading.figures();
    }

    private Optional<Figures> read() {
        try {
            return Optional.of(
                    database.read(handle ->
                            new Figures(Backlog.read(handle), MailboxCounts.read(handle))));
        } catch (DatabaseAway e) {
            JOURNAL.detail("backlog can't be read", "reason", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
