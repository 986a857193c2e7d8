package dev.postrider.flow.store.lane;

import dev.postrider.email.LaneKey;
import dev.postrider.email.Lease;
import dev.postrider.postgres.Column;
import dev.postrider.postgres.Database;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;

/** Leases of lanes, in database time: taken and prolonged. {@link GiveBackLanes} ends them. */
public final class LaneLeases {
    private static final String CLAIM =
            """
            with due as (
                select lane.workspace_id, lane.mailbox_id
                from wake
                join lane using (workspace_id, mailbox_id)
                where wake.due_at <= now() - make_interval(secs => :waited)
                  and (lane.leased_until is null or lane.leased_until < now())
                  and (lane.rests_until is null or lane.rests_until <= now())
                  and not exists (
                      select
                      from unnest(:workspaces, :mailboxes) as served(workspace_id, mailbox_id)
                      where served.workspace_id = lane.workspace_id
                        and served.mailbox_id = lane.mailbox_id
                  )
                order by wake.due_at
                limit :lanes
                for update of lane skip locked
            )
            update lane
            set leased_by = :node,
                leased_until = now() + make_interval(secs => :seconds),
                epoch = lane.epoch + 1
            from due
            where lane.workspace_id = due.workspace_id
              and lane.mailbox_id = due.mailbox_id
            returning lane.workspace_id, lane.mailbox_id, lane.epoch
            """;

    private static final String RENEW =
            """
            with mine as (
                select lane.workspace_id, lane.mailbox_id
                from unnest(:workspaces, :mailboxes, :epochs) as held(workspace_id, mailbox_id, epoch)
                join lane using (workspace_id, mailbox_id, epoch)
                where lane.leased_by is not null
                order by lane.workspace_id, lane.mailbox_id
                for no key update of lane
            )
            update lane
            set leased_until = now() + make_interval(secs => :seconds)
            from mine
            where lane.workspace_id = mine.workspace_id
              and lane.mailbox_id = mine.mailbox_id
            returning lane.workspace_id, lane.mailbox_id, lane.epoch
            """;

    private static final String END_ALL =
            """
            update lane
            set leased_until = now()
            where leased_by is not null
              and leased_until > now()
            """;

    private static final RowMapper<Lease> LEASE =
            (row, _) ->
                    new Lease(
                            new LaneKey(
                                    row.getObject("workspace_id", UUID.class),
                                    row.getObject("mailbox_id", UUID.class)),
                            row.getLong("epoch"));

    private final Database database;
    private final String node;
    private final Duration leaseTime;

    public LaneLeases(Database database, String node, Duration leaseTime) {
        this.database = database;
        this.node = node;
        this.leaseTime = leaseTime;
    }

    /**
     * Takes due lanes that nobody has, those that wait the longest first.
     *
     * @param waited only those that have waited so long
     */
    public List<Lease> claim(int lanes, Duration waited) {
        return claim(lanes, waited, List.of());
    }

    /**
     * The same for a node that still serves some lanes whose leases may have ended.
     *
     * @param served which: it doesn't take them from itself
     */
    public List<Lease> claim(int lanes, Duration waited, List<LaneKey> served) {
        return database.statement(handle ->
                handle.createQuery(CLAIM)
                        .bind("lanes", lanes)
                        .bind("waited", seconds(waited))
                        .bind("workspaces", Column.of(served, UUID.class, LaneKey::workspaceId))
                        .bind("mailboxes", Column.of(served, UUID.class, LaneKey::mailboxId))
                        .bind("node", node)
                        .bind("seconds", seconds(leaseTime))
                        .map(LEASE)
                        .list());
    }

    /**
     * Prolongs leases.
     *
     * @return those that are still this node's
     */
    public Set<Lease> renew(List<Lease> leases) {
        return new HashSet<>(
                database.inTransaction(handle ->
                        handle.createQuery(RENEW)
                                .bind("seconds", seconds(leaseTime))
                                .bind(
                                        "workspaces",
                                        Column.of(
                                                leases,
                                                UUID.class,
                                                lease -> lease.lane().workspaceId()))
                                .bind(
                                        "mailboxes",
                                        Column.of(
                                                leases,
                                                UUID.class,
                                                lease -> lease.lane().mailboxId()))
                                .bind("epochs", Column.of(leases, Long.class, Lease::epoch))
                                .map(LEASE)
                                .list()));
    }

    /**
     * Ends all leases: for a node that has just started where there can be no other, so that
     * whoever had them has ended. What was begun under them is found out as when they end by
     * themselves.
     */
    public void endAll() {
        var _ = database.statement(handle -> handle.execute(END_ALL));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
