package dev.postrider.mailbox.health;

import dev.postrider.credential.grant.FindGrants;
import dev.postrider.credential.grant.GrantInfo;
import dev.postrider.postgres.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** How mailboxes are doing, for many at once. */
public final class ReadHealth {
    /** What they have sent in the last 24 hours, the day that providers' limits look back on. */
    private static final String HEALTH =
            """
            select lane.mailbox_id, day.messages, day.recipients, day.last_minute, day.eases_at,
                   case when lane.rests_until > now() then lane.rests_until end as rests_until,
                   lane.failures, coalesce(lane.rest_reason, '') as rest_reason
            from unnest(:mailboxes) as asked (id)
            join lane
              on lane.workspace_id = :workspace
             and lane.mailbox_id = asked.id
            cross join lateral (
                select coalesce(sum(messages), 0) as messages,
                       coalesce(sum(recipients), 0) as recipients,
                       coalesce(sum(messages) filter (where minute > now() - interval '2 minutes'), 0)
                           as last_minute,
                       min(minute) filter (where messages > 0) + interval '24 hours 1 minute' as eases_at
                from mailbox_use
                where mailbox_use.workspace_id = :workspace
                  and mailbox_use.mailbox_id = asked.id
                  and mailbox_use.minute > now() - interval '24 hours'
            ) as day
            """;

    private ReadHealth() {}

    public static Map<UUID, MailboxHealth> of(
            Handle handle, QueuedMail mail, UUID workspaceId, List<UUID> mailboxes) {
        var isOne = mailboxes.size() == 1;
        var most = isOne ? MailboxHealth.MOST : MailboxHealth.MOST_EACH;
        var waiting = mail.waiting(handle, workspaceId, mailboxes, most);
        var ended = isOne ? MailboxHealth.ENDED : MailboxHealth.ENDED_EACH;
        var latest = mail.latestEnds(handle, workspaceId, mailboxes, ended);
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
                                    latest.getOrDefault(id, LatestEnds.NONE),
                                    Optional.ofNullable(grants.get(id))));
                })
                .forEach(each -> found.put(each.getKey(), each.getValue()));
        return found;
    }

    private static MailboxHealth health(
            ResultSet row, long waiting, LatestEnds latest, Optional<GrantInfo> grant)
            throws SQLException {
        var until = time(row, "rests_until");
        var isServerAway = row.getInt("failures") > 0;
        var reason = row.getString("rest_reason");
        return new MailboxHealth(
                new DayUsage(
                        row.getLong("messages"),
                        row.getLong("recipients"),
                        row.getLong("last_minute"),
                        time(row, "eases_at")),
                waiting,
                latest,
                until.map(time -> new MailboxHealth.Rest(time, isServerAway, reason)),
                grant);
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }
}
