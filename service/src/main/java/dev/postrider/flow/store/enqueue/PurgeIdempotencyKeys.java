package dev.postrider.flow.store.enqueue;

import dev.postrider.postgres.Database;
import dev.postrider.purge.Purge;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Deletes what requests were answered that nobody may repeat any more. */
@Singleton
public final class PurgeIdempotencyKeys implements Purge {
    private static final String DELETE =
            """
            delete from idempotency
            where ctid = any (array(
                select ctid
                from idempotency
                where created_at < now() - interval '24 hours'
                order by created_at
                limit :limit
                for update skip locked))
            """;

    private final Database database;

    public PurgeIdempotencyKeys(Database database) {
        this.database = database;
    }

    @Override
    public String what() {
        return "idempotency keys";
    }

    @Override
    public int some(Instant now) {
        return database.inTransaction(
                handle -> handle.createUpdate(DELETE).bind("limit", AT_ONCE).execute());
    }
}
