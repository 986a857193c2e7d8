package dev.postrider.boot;

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
import org.jdbi.v3.core.Handle;

/**
 * What waits in the database, for {@code /metrics}: the same on every node. It is read at most once
 * in ten seconds however often it is asked for; while the database is away there is no figure
 * (NaN).
 */
@Singleton
final class ShowBacklog implements MeterBinder {
    private static final Journal JOURNAL = Journal.of("boot");
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** A count over millions of rows would be a load of its own. */
    private static final int MOST = 100_000;

    private static final String BACKLOG =
            """
            select (select count(*)
                    from (select 1
                          from email
                          where due_at is not null
                          limit :most) as waiting) as emails,
                   (select count(*)
                    from (select 1
                          from delivery
                          where due_at is not null
                          limit :most) as waiting) as deliveries,
                   (select count(*)
                    from mailbox
                    where state = 'held') as held,
                   (select count(*)
                    from mailbox
                    where state = 'paused') as paused,
                   unserved.lanes,
                   unserved.seconds
            from (select count(*) as lanes,
                         coalesce(extract(epoch from now() - min(due_at)), 0) as seconds
                  from (select wake.due_at
                        from wake
                        join lane using (workspace_id, mailbox_id)
                        join mailbox
                          on mailbox.workspace_id = lane.workspace_id
                         and mailbox.id = lane.mailbox_id
                        where wake.due_at <= now()
                          and mailbox.state = 'active'
                          and (lane.leased_until is null or lane.leased_until < now())
                          and (lane.rests_until is null or lane.rests_until <= now())
                        order by wake.due_at
                        limit :most) as waiting) as unserved
            """;

    private final Database database;
    private final AtomicReference<Reading> last = new AtomicReference<>();

    ShowBacklog(Database database) {
        this.database = database;
    }

    /**
     * What waits.
     *
     * @param emails of all kinds that will be attempted: scheduled, queued, being sent
     * @param deliveries calls to webhooks
     * @param held mailboxes whose login was refused
     * @param lanes mailboxes with due mail that no node serves
     * @param seconds how long the first of them has been waiting
     */
    record Backlog(
            long emails, long deliveries, long held, long paused, long lanes, double seconds) {}

    /** At a time of the node's own clock; without a backlog when the database was away. */
    private record Reading(long nanos, Optional<Backlog> backlog) {}

    @Override
    public void bindTo(MeterRegistry registry) {
        show(
                registry,
                "postrider.emails.waiting",
                "Emails that will be attempted, scheduled ones too; counted up to 100,000",
                Backlog::emails);
        show(
                registry,
                "postrider.webhook.deliveries.waiting",
                "Calls to webhooks that will be made; counted up to 100,000",
                Backlog::deliveries);
        show(
                registry,
                "postrider.mailboxes.held",
                "Mailboxes whose server refused the login: their mail waits for their owners",
                Backlog::held);
        show(
                registry,
                "postrider.mailboxes.paused",
                "Mailboxes that somebody has paused",
                Backlog::paused);
        show(
                registry,
                "postrider.lanes.unserved",
                "Mailboxes with due mail that no node serves: for moments, unless nodes are missing",
                Backlog::lanes);
        show(
                registry,
                "postrider.lanes.unserved.seconds",
                "How long the first of them has been waiting",
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
            return Optional.of(database.read(ShowBacklog::backlog));
        } catch (DatabaseAway e) {
            JOURNAL.detail("no backlog shown", "reason", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    static Backlog backlog(Handle handle) {
        return handle.createQuery(BACKLOG)
                .bind("most", MOST)
                .map((row, context) ->
                        new Backlog(
                                row.getLong("emails"),
                                row.getLong("deliveries"),
                                row.getLong("held"),
                                row.getLong("paused"),
                                row.getLong("lanes"),
                                row.getDouble("seconds")))
                .one();
    }
}
