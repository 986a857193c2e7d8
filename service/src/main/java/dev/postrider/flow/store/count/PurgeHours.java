package dev.postrider.flow.store.count;

import dev.postrider.postgres.Database;
import dev.postrider.purge.Purge;
import dev.postrider.purge.Retention;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;

/** Deletes the counts of hours whose emails are no longer kept. */
@Singleton
public final class PurgeHours implements Purge {
    private static final String DELETE =
            """
            delete from email_hour
            where ctid = any (array(
                select ctid
                from email_hour
                where hour < :before
                order by hour
                limit :limit
                for update skip locked))
            """;

    private final Database database;
    private final Retention keep;

    public PurgeHours(Database database, Retention keep) {
        this.database = database;
        this.keep = keep;
    }

    @Override
    public String what() {
        return "counts";
    }

    @Override
    public int some(Instant now) {
        return database.inTransaction(handle ->
                handle.createUpdate(DELETE)
                        .bind("before", Timestamp.from(now.minus(keep.history())))
                        .bind("limit", AT_ONCE)
                        .execute());
    }
}
