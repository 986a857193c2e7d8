package dev.postrider.flow.store.lane;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.DatabaseAway;
import dev.postrider.transport.Throttles;
import dev.postrider.transport.Transport.MailboxKey;
import jakarta.inject.Singleton;

/** How often in a row mailboxes were told to slow down, kept with their lanes. */
@Singleton
public final class LaneThrottles implements Throttles {
    private static final String AGAIN =
            """
            update lane
            set throttles = throttles + 1
            where workspace_id = :workspace
              and mailbox_id = :mailbox
            returning throttles
            """;

    private static final String OVER =
            """
            update lane
            set throttles = 0
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and throttles > 0
            """;

    private final Database database;

    public LaneThrottles(Database database) {
        this.database = database;
    }

    /** Without the database, or the mailbox, it counts as the first time. */
    @Override
    public int again(MailboxKey mailbox) {
        try {
            return database.statement(handle ->
                            handle.createQuery(AGAIN)
                                    .bind("workspace", mailbox.workspaceId())
                                    .bind("mailbox", mailbox.mailboxId())
                                    .mapTo(Integer.class)
                                    .findOne())
                    .orElse(1);
        } catch (DatabaseAway _) {
            return 1;
        }
    }

    @Override
    public void over(MailboxKey mailbox) {
        try {
            database.statement(handle ->
                    handle.createUpdate(OVER)
                            .bind("workspace", mailbox.workspaceId())
                            .bind("mailbox", mailbox.mailboxId())
                            .execute());
        } catch (DatabaseAway _) {
            // its next back-off is longer than it need be
        }
    }
}
