package dev.postrider.flow.store.change;

import dev.postrider.mailbox.health.LatestEnds;
import dev.postrider.postgres.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** How the emails of mailboxes have ended lately: a look at a few of each, along an index. */
final class FindLatestEnds {
    /** In the order of the index that only this can be read from. */
    private static final String LATEST =
            """
            select asked.id,
                   max(ended.finished_at) filter (where ended.state = 'sent') as sent_at,
                   max(ended.finished_at)
                       filter (where ended.state in ('refused', 'failed', 'unknown')) as failed_at
            from unnest(:mailboxes) as asked (id)
            cross join lateral (
                select state, finished_at
                from email
                where workspace_id = :workspace
                  and (mailbox_id, id) >= (asked.id, '00000000-0000-0000-0000-000000000000')
                  and (mailbox_id, id) <= (asked.id, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                  and due_at is null
                order by mailbox_id desc, id desc
                limit :most
            ) as ended
            group by asked.id
            """;

    private FindLatestEnds() {}

    static Map<UUID, LatestEnds> of(
            Handle handle, UUID workspaceId, List<UUID> mailboxes, int most) {
        return handle
                .createQuery(LATEST)
                .bind("workspace", workspaceId)
                .bind("mailboxes", Column.of(mailboxes, UUID.class, id -> id))
                .bind("most", most)
                .map((row, _) ->
                        Map.entry(
                                row.getObject("id", UUID.class),
                                new LatestEnds(time(row, "sent_at"), time(row, "failed_at"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }
}
