package dev.postrider.flow.store.lane;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of the whole installation, each figure counted up to 100,000.
 *
 * @param waiting with work that is due, now or later
 * @param due with work that is due now, whether somebody serves them or not
 * @param unserved those of active mailboxes that have been due for a minute and nobody serves
 * @param unservedSince since when the first of these is due
 * @param nodes that were seen within a day
 */
public record LaneCounts(
        long waiting,
        long due,
        long unserved,
        Optional<Instant> unservedSince,
        List<NodeLanes> nodes) {
    private static final int MOST = 100_000;

    private static final String COUNT =
            """
            select (select count(*)
                    from (select
                          from wake
                          where due_at is not null
                          limit :most) as counted) as waiting,
                   (select count(*)
                    from (select
                          from wake
                          where due_at <= now()
                          limit :most) as counted) as due,
                   unserved.lanes,
                   unserved.since
            from (select count(*) as lanes, min(due_at) as since
                  from (select wake.due_at
                        from wake
                        cross join lateral (
                            select leased_until, rests_until, workspace_id, mailbox_id
                            from lane
                            where workspace_id = wake.workspace_id
                              and mailbox_id = wake.mailbox_id
                            limit 1
                        ) as lane
                        cross join lateral (
                            select state
                            from mailbox
                            where workspace_id = lane.workspace_id
                              and id = lane.mailbox_id
                            limit 1
                        ) as mailbox
                        where wake.due_at <= now() - interval '1 minute'
                          and mailbox.state = 'active'
                          and (lane.leased_until is null or lane.leased_until < now())
                          and (lane.rests_until is null or lane.rests_until <= now() - interval '1 minute')
                        order by wake.due_at
                        limit :most) as counted) as unserved
            """;

    private static final String NODES =
            """
            select node.name, node.seen_at,
                   (select count(*)
                    from (select
                          from lane
                          where leased_by = node.name
                            and leased_until > now()
                          limit :most) as counted) as lanes
            from node
            order by node.name
            limit 1000
            """;

    public LaneCounts {
        nodes = List.copyOf(nodes);
    }

    /**
     * A node, as the others see it.
     *
     * @param seenAt when it last said that it lives
     * @param lanes that it has leased
     */
    public record NodeLanes(String name, Instant seenAt, long lanes) {}

    /** Counts; the cost is bounded, not what is counted. */
    public static LaneCounts read(Handle handle) {
        var nodes =
                handle.createQuery(NODES)
                        .bind("most", MOST)
                        .map((row, _) ->
                                new NodeLanes(
                                        row.getString("name"),
                                        row.getObject("seen_at", OffsetDateTime.class).toInstant(),
                                        row.getLong("lanes")))
                        .list();
        return handle.createQuery(COUNT)
                .bind("most", MOST)
                .map((row, _) -> counts(row, nodes))
                .one();
    }

    private static LaneCounts counts(ResultSet row, List<NodeLanes> nodes) throws SQLException {
        @Nullable OffsetDateTime since = row.getObject("since", OffsetDateTime.class);
        return new LaneCounts(
                row.getLong("waiting"),
                row.getLong("due"),
                row.getLong("lanes"),
                Optional.ofNullable(since).map(OffsetDateTime::toInstant),
                nodes);
    }
}
