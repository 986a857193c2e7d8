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
            delete from delivery
            where ctid = any (array(
                select ctid
                from delivery
                where created_at < :before
                order by created_at
                limit :limit
                for update skip locked))
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
