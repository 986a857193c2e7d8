package dev.postrider.flow.store.lane;

import dev.postrider.email.LaneKey;
import dev.postrider.postgres.Database;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The nodes that share the lanes. */
public final class Nodes {
    private static final String BEAT =
            """
            insert into node (name, seen_at, schema)
            values (:node, now(), :schema)
            on conflict (name) do update
            set seen_at = now(),
                schema = :schema
            """;

    private static final String FORGET =
            """
            delete from node
            where name = :node
               or seen_at < now() - interval '1 day'
            """;

    private static final String COUNT =
            """
            select (select count(*)
                    from node
                    where seen_at > now() - make_interval(secs => :seconds)) as nodes,
                   (select count(*)
                    from lane
                    where leased_by is not null
                      and leased_until > now()) as lanes
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
     * @param nodes that were seen lately
     * @param lanes that are leased
     */
    public record Census(int nodes, int lanes) {
        /** How many lanes each node would have. */
        public int share() {
            return nodes <= 1 ? Integer.MAX_VALUE : Math.ceilDiv(lanes, nodes) + 1;
        }
    }

    /** A lane of this node that has work, perhaps by another node's hand. */
    public record Woken(LaneKey lane, long count) {}

    /** Shows that this node lives, and looks at the others. */
    public Census beat(Duration alive) {
        return database.inTransaction(handle -> {
            handle.createUpdate(BEAT)
                    .bind("node", node)
                    .bind("schema", database.schema())
                    .execute();
            return handle.createQuery(COUNT)
                    .bind("seconds", alive.toSeconds())
                    .map((row, _) -> new Census(row.getInt("nodes"), row.getInt("lanes")))
                    .one();
        });
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
