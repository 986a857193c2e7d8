package dev.postrider.flow.store.lane;

import dev.postrider.postgres.Database;
import dev.postrider.purge.Purge;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Deletes what mailboxes sent so long ago that no limit looks back on it. */
@Singleton
public final class PurgeMailboxUsage implements Purge {
    /** From each mailbox's first minute to the next mailbox's; limits look back on 24 hours. */
    private static final String DELETE =
            """
            with recursive first as (
                (select workspace_id, mailbox_id, minute
                 from mailbox_use
                 order by workspace_id, mailbox_id, minute
                 limit 1)
                union all
                select next.workspace_id, next.mailbox_id, next.minute
                from first
                cross join lateral (select workspace_id, mailbox_id, minute
                                    from mailbox_use
                                    where (workspace_id, mailbox_id) > (first.workspace_id, first.mailbox_id)
                                    order by workspace_id, mailbox_id, minute
                                    limit 1) as next
            )
            delete from mailbox_use
            using first
            where first.minute < now() - interval '26 hours'
              and mailbox_use.workspace_id = first.workspace_id
              and mailbox_use.mailbox_id = first.mailbox_id
              and mailbox_use.minute < now() - interval '26 hours'
            """;

    private final Database database;

    public PurgeMailboxUsage(Database database) {
        this.database = database;
    }

    @Override
    public String what() {
        return "mailbox use";
    }

    @Override
    public int some(Instant now) {
        return database.inTransaction(handle -> handle.createUpdate(DELETE).execute());
    }
}
