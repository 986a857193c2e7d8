package dev.postrider.flow.webhook;

import dev.postrider.postgres.Database;
import dev.postrider.purge.Purge;
import dev.postrider.purge.Retention;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;

/**
 * Ends deliveries that nobody wants any more, and deletes events and their deliveries when they
 * have been kept long enough.
 */
@Singleton
public final class PurgeEvents implements Purge {
    /** However short a history is kept: by then nothing is tried again. */
    private static final Duration LEAST = Duration.ofDays(7);

    /** Nodes that purge at the same time pass over each other's rows. */
    private static final String DELIVERIES =
            """
            with gone as (
                delete from delivery
                where ctid = any (array(
                    select ctid
                    from delivery
                    where created_at < :before
                    order by created_at
                    limit :limit
                    for update skip locked))
                returning workspace_id, webhook_id, event_id
            ),
            with_it as (
                delete from delivery_attempt
                where ctid = any (array(
                    select attempt.ctid
                    from gone
                    cross join lateral (
                        select delivery_attempt.ctid
                        from delivery_attempt
                        where delivery_attempt.workspace_id = gone.workspace_id
                          and delivery_attempt.webhook_id = gone.webhook_id
                          and delivery_attempt.event_id = gone.event_id
                        order by delivery_attempt.number
                        limit :limit
                    ) as attempt))
            )
            select count(*)
            from gone
            """;

    private static final String EVENTS =
            """
            delete from event
            where ctid = any (array(
                select ctid
                from event
                where created_at < :before
                order by created_at
                limit :limit
                for update skip locked))
            """;

    /** What no longer signs isn't kept. */
    private static final String PREVIOUS_SECRETS =
            """
            update webhook
            set previous_secret = null,
                previous_secret_until = null
            where previous_secret_until < now()
            """;

    private final Database database;
    private final Duration keep;

    public PurgeEvents(Database database, Retention keep) {
        this.database = database;
        this.keep = keep.history().compareTo(LEAST) < 0 ? LEAST : keep.history();
    }

    @Override
    public String what() {
        return "events";
    }

    @Override
    public int some(Instant now) {
        var before = Timestamp.from(now.minus(keep));
        return database.inTransaction(DeliveryTable::endUnwanted)
                + database.inTransaction(handle ->
                        handle.createQuery(DELIVERIES)
                                .bind("before", before)
                                .bind("limit", AT_ONCE)
                                .mapTo(Integer.class)
                                .one())
                + database.inTransaction(handle ->
                        handle.createUpdate(EVENTS)
                                .bind("before", before)
                                .bind("limit", AT_ONCE)
                                .execute())
                + database.inTransaction(handle -> handle.createUpdate(PREVIOUS_SECRETS).execute());
    }
}
