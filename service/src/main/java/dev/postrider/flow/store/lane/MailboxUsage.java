package dev.postrider.flow.store.lane;

import dev.postrider.email.LaneKey;
import dev.postrider.postgres.Database;
import java.util.List;

/** What a mailbox has used of its limits. */
public final class MailboxUsage {
    private static final String USED =
            """
            select minute, messages, recipients
            from mailbox_use
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and minute > now() - interval '25 hours'
            order by minute
            """;

    private final Database database;

    public MailboxUsage(Database database) {
        this.database = database;
    }

    public List<MinuteUsage> used(LaneKey lane) {
        return database.read(handle ->
                handle.createQuery(USED)
                        .bind("workspace", lane.workspaceId())
                        .bind("mailbox", lane.mailboxId())
                        .map((row, _) ->
                                new MinuteUsage(
                                        row.getTimestamp("minute").toInstant(),
                                        row.getInt("messages"),
                                        row.getInt("recipients")))
                        .list());
    }
}
