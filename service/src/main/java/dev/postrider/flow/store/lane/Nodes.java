package dev.postrider.flow.store.lane;

import dev.postrider.email.LaneKey;
import dev.postrider.postgres.Database;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The nodes that share the lanes. */
public final class Nodes {
    /**
     * One round trip, because an idle program does little else: shows that this node lives, when it
     * is time to, counts the others, which its snapshot has without it, and says whether {@link
     * LaneLeases} would find a lane to take, and whether an event waits for a webhook.
     */
    private static final String LOOK =
            """
            with beat as (
                insert into node (name, seen_at, schema)
                select :node, now(), :schema
                where :beats
                on conflict (name) do update
                set seen_at = now(),
                    schema = :schema
            )
            select (select count(*)
                    from node
                    where seen_at > now() - make_interval(secs => :seconds)
                      and name <> :node) as others,
                   (select count(*)
                    from lane
                    where leased_by is not null
                      and leased_until > now()) as lanes,
                   (select true
                    from wake
                    cross join lateral (
                        select leased_until, rests_until
                        from lane
                        where workspace_id = wake.workspace_id
                          and mailbox_id = wake.mailbox_id
                        limit 1
                    ) as lane
                    where wake.due_at <= now()
                      and (lane.leased_until is null or lane.leased_until < now())
                      and (lane.rests_until is null or lane.rests_until <= now())
                    order by wake.due_at
                    limit 1) as is_due,
                   exists (
                       select
                       from waiting_webhook
                   ) as has_events
            """;

    private static final String FORGET =
            """
            delete from node
            where name = :node
               or seen_at < now() - interval '1 day'
            """;

    private static final String WOKEN =
            """
            select wake.workspace_id, wake.mailbox_id, wake.count
            from wake
            join lane using (workspace_id, mailbox_id)
            where wake.due_at <= now()
              and lane.leased_by = :node
              and lane.leased_until > now()
            """;

    private final Database database;
    private final String node;

    public Nodes(Database database, String node) {
        this.database = database;
        this.node = node;
    }

    /**
     * What is going on.
     *
     * @param nodes that were seen lately, with this one
     * @param lanes that are leased
     * @param isDue whether a lane that nobody has has due mail
     * @param hasEvents whether events wait for webhooks, for their first or another call
     */
    public record Census(int nodes, int lanes, boolean isDue, boolean hasEvents) {
        /** How many lanes each node would have. */
        public int share() {
            return nodes <= 1 ? Integer.MAX_VALUE : Math.ceilDiv(lanes, nodes) + 1;
        }
    }

    /** A lane of this node that has work, perhaps by another node's hand. */
    public record Woken(LaneKey lane, long count) {}

    /**
     * Looks at the others, and whether there is work.
     *
     * @param beats whether this node shows that it lives
     * @param alive how long ago the others have shown that, at most
     */
    public Census look(boolean beats, Duration alive) {
        return database.statement(handle ->
                handle.createQuery(LOOK)
                        .bind("node", node)
                        .bind("schema", database.schema())
                        .bind("beats", beats)
                        .bind("seconds", alive.toSeconds())
                        .map((row, _) ->
                                new Census(
                                        row.getInt("others") + 1,
                                        row.getInt("lanes"),
                                        row.getBoolean("is_due"),
                                        row.getBoolean("has_events")))
                        .one());
    }

    /** This node takes no more lanes. */
    public void leave() {
        database.inTransaction(handle -> handle.createUpdate(FORGET).bind("node", node).execute());
    }

    public List<Woken> woken() {
        return database.read(handle ->
                handle.createQuery(WOKEN)
                        .bind("node", node)
                        .map((row, _) ->
                                new Woken(
                                        new LaneKey(
                                                row.getObject("workspace_id", UUID.class),
                                                row.getObject("mailbox_id", UUID.class)),
                                        row.getLong("count")))
                        .list());
    }
}
