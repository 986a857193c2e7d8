package dev.postrider.mailbox;

import dev.postrider.postgres.Column;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What mailboxes have sent in the last 24 hours, the day that providers' limits look back on. */
final class DayUsageTable {
    private static final String USED =
            """
            select use.mailbox_id, sum(use.messages) as messages, sum(use.recipients) as recipients
            from unnest(:mailboxes) as asked (id)
            join mailbox_use use
              on use.workspace_id = :workspace
              and use.mailbox_id = asked.id
              and use.minute > now() - interval '24 hours'
            group by use.mailbox_id
            """;

    private DayUsageTable() {}

    /** Without the mailboxes that have sent nothing. */
    static Map<UUID, DayUsage> used(Handle handle, UUID workspaceId, List<UUID> mailboxes) {
        return handle
                .createQuery(USED)
                .bind("workspace", workspaceId)
                .bind("mailboxes", Column.of(mailboxes, UUID.class, Function.identity()))
                .map((row, _) ->
                        Map.entry(
                                row.getObject("mailbox_id", UUID.class),
                                new DayUsage(row.getLong("messages"), row.getLong("recipients"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
