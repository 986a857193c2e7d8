package dev.postrider.flow.store.lane;

import org.jdbi.v3.core.Handle;

/**
 * What waits.
 *
 * @param emails of all kinds that will be attempted: scheduled, queued, being sent
 * @param deliveries calls to webhooks
 * @param lanes mailboxes with due mail that no node serves
 * @param seconds how long the first of them has been waiting
 */
public record Backlog(long emails, long deliveries, long lanes, double seconds) {
    /** A count over millions of rows would be a load of its own. */
    private static final int MOST = 100_000;

    private static final String BACKLOG =
            """
            select (select count(*)
                    from (select 1
                          from email
                          where due_at is not null
                          limit :most) as waiting) as emails,
                   (select count(*)
                    from (select 1
                          from delivery
                          where due_at is not null
                          limit :most) as waiting) as deliveries,
                   unserved.lanes,
                   unserved.seconds
            from (select count(*) as lanes,
                         coalesce(extract(epoch from now() - min(due_at)), 0) as seconds
                  from (select wake.due_at
                        from wake
                        join lane using (workspace_id, mailbox_id)
                        join mailbox
                          on mailbox.workspace_id = lane.workspace_id
                         and mailbox.id = lane.mailbox_id
                        where wake.due_at <= now()
                          and mailbox.state = 'active'
                          and (lane.leased_until is null or lane.leased_until < now())
                          and (lane.rests_until is null or lane.rests_until <= now())
                        order by wake.due_at
                        limit :most) as waiting) as unserved
            """;

    /** Counts what waits in the whole installation. */
    public static Backlog read(Handle handle) {
        return handle.createQuery(BACKLOG)
                .bind("most", MOST)
                .map((row, _) ->
                        new Backlog(
                                row.getLong("emails"),
                                row.getLong("deliveries"),
                                row.getLong("lanes"),
                                row.getDouble("seconds")))
                .one();
    }
}
