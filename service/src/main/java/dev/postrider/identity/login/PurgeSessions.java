package dev.postrider.identity.login;

import dev.postrider.postgres.Database;
import dev.postrider.purge.Purge;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;

/** Deletes logins that have expired, their tokens with them. */
@Singleton
public final class PurgeSessions implements Purge {
    /** So long a token that comes too late is still told from one that never was. */
    private static final Duration GRACE = Duration.ofDays(1);

    private static final String DELETE =
            """
            delete from session
            where (workspace_id, id) in (
                select workspace_id, id
                from session
                where expires_at < :before
                order by expires_at
                limit :limit
                for update skip locked
            )
            """;

    private final Database database;

    public PurgeSessions(Database database) {
        this.database = database;
    }

    @Override
    public String what() {
        return "sessions";
    }

    @Override
    public int some(Instant now) {
        return database.inTransaction(handle ->
                handle.createUpdate(DELETE)
                        .bind("before", Timestamp.from(now.minus(GRACE)))
                        .bind("limit", AT_ONCE)
                        .execute());
    }
}
