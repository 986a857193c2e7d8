package dev.postrider.flow.webhook;

import dev.postrider.postgres.Database;
import dev.postrider.purge.Purge;
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
    private static final Duration KEPT_FOR = Duration.ofDays(30);

    /** Nodes that purge at the same time pass over each other's rows. */
    private static final String DELIVERIES =
            """
            delete from delivery
            where (workspace_id, webhook_id, event_id) in (
                select workspace_id, webhook_id, event_id
                from delivery
                where created_at < :before
                order by created_at
                limit :limit
                for update skip locked
            )
            """;

    private static final String EVENTS =
            """
            delete from event
            where (workspace_id, id) in (
                select workspace_id, id
                from event
                where created_at < :before
                order by created_at
                limit :limit
                for update skip locked
            )
            """;

    private final Database database;

    public PurgeEvents(Database database) {
        this.database = database;
    }

    @Override
    public String what() {
        return "events";
    }

    @Override
    public int some(Instant now) {
        var before = Timestamp.from(now.minus(KEPT_FOR));
        return database.inTransaction(DeliveryTable::endUnwanted)
                + delete(DELIVERIES, before)
                + delete(EVENTS, before);
    }

    private int delete(String statement, Timestamp before) {
        return database.inTransaction(handle ->
                handle.createUpdate(statement)
                        .bind("before", before)
                        .bind("limit", AT_ONCE)
                        .execute());
    }
}
