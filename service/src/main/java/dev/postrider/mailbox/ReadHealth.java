package dev.postrider.mailbox;

import dev.postrider.credential.grant.FindGrants;
import dev.postrider.credential.grant.GrantInfo;
import dev.postrider.postgres.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** How mailboxes are doing, for many at once. */
final class ReadHealth {
    /** What they have sent in the last 24 hours, the day that providers' limits look back on. */
    private static final String HEALTH =
            """
            select lane.mailbox_id, day.messages, day.recipients,
                   case when lane.rests_until > now() then lane.rests_until end as rests_until,
                   lane.failures, coalesce(lane.rest_reason, '') as rest_reason
            from unnest(:mailboxes) as asked (id)
            join lane
              on lane.workspace_id = :workspace
             and lane.mailbox_id = asked.id
            cross join lateral (
                select coalesce(sum(messages), 0) as messages,
                       coalesce(sum(recipients), 0) as recipients
                from mailbox_use
                where mailbox_use.workspace_id = :workspace
                  and mailbox_use.mailbox_id = asked.id
                  and mailbox_use.minute > now() - interval '24 hours'
            ) as day
            """;

    private ReadHealth() {}

    static Map<UUID, MailboxHealth> of(
            Handle handle, QueuedMail mail, UUID workspaceId, List<UUID> mailboxes) {
        var most = mailboxes.size() == 1 ? MailboxHealth.MOST : MailboxHealth.MOST_EACH;
        var waiting = mail.waiting(handle, workspaceId, mailboxes, most);
        var grants = FindGrants.of(handle, workspaceId, mailboxes);
        var found = new HashMap<UUID, MailboxHealth>();
        handle.createQuery(HEALTH)
                .bind("workspace", workspaceId)
                .bind("mailboxes", Column.of(mailboxes, UUID.class, Function.identity()))
                .map((row, _) -> {
                    var id = row.getObject("mailbox_id", UUID.class);
                    return Map.entry(
                            id,
                            health(
                                    row,
                                    waiting.getOrDefault(id, 0L),
                                    Optional.ofNullable(grants.get(id))));
                })
                .forEach(each -> found.put(each.getKey(), each.getValue()));
        return found;
    }

    private static MailboxHealth health(ResultSet row, long waiting, Optional<GrantInfo> grant)
            throws SQLException {
        var until = Optional.ofNullable(row.getObject("rests_until", OffsetDateTime.class));
        var isServerAway = row.getInt("failures") > 0;
        var reason = row.getString("rest_reason");
        return new MailboxHealth(
                new DayUsage(row.getLong("messages"), row.getLong("recipients")),
                waiting,
                until.map(time -> new MailboxHealth.Rest(time.toInstant(), isServerAway, reason)),
                grant);
    }
}
