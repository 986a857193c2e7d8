package dev.postrider.transport.sandbox;

import dev.postrider.postgres.Database;
import dev.postrider.purge.Keep;
import dev.postrider.purge.Purge;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;

/** Deletes what sandbox mailboxes "sent", when it has been kept as long as other messages. */
@Singleton
public final class PurgeSandboxMessages implements Purge {
    private static final String DELETE =
            """
            delete from sandbox_message
            where (workspace_id, mailbox_id, id) in (
                select workspace_id, mailbox_id, id
                from sandbox_message
                where received_at < :before
                order by received_at
                limit :limit
                for update skip locked
            )
            """;

    private final Database database;
    private final Keep keep;

    public PurgeSandboxMessages(Database database, Keep keep) {
        this.database = database;
        this.keep = keep;
    }

    @Override
    public String what() {
        return "sandbox messages";
    }

    @Override
    public int some(Instant now) {
        return database.inTransaction(handle ->
                handle.createUpdate(DELETE)
                        .bind("before", Timestamp.from(now.minus(keep.contents())))
                        .bind("limit", AT_ONCE)
                        .execute());
    }
}
