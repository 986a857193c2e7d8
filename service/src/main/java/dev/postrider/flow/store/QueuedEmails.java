package dev.postrider.flow.store;

import dev.postrider.email.DueEmail;
import dev.postrider.email.LaneKey;
import dev.postrider.email.Lease;
import dev.postrider.postgres.Database;
import java.time.Instant;
import java.util.List;

/** Emails that are looked at without being taken. */
public final class QueuedEmails {
    /** More than a node begins at once; after a restore all that waited is begun. */
    public static final int BEGUN_AT_ONCE = 1_000;

    /** What a lease that has ended left begun; and what a commit began whose answer was lost. */
    private static final String BEGUN =
            """
            select email.*, coalesce(email.begun_at, email.created_at) as begun,
                   null::bytea as bytes, open.*
            from email
            cross join lateral (select array_agg(position order by position) filter (where state = 'open') as positions,
                                       array_agg(kind order by position) filter (where state = 'open') as kinds,
                                       array_agg(address order by position) filter (where state = 'open') as addresses,
                                       bool_or(state = 'accepted') as partly_accepted
                                from recipient
                                where workspace_id = email.workspace_id
                                  and email_id = email.id) as open
            where email.workspace_id = :workspace
              and email.mailbox_id = :mailbox
              and email.due_at is not null
              and email.state = 'sending'
              and email.epoch <= :epoch
            limit :limit
            """;

    private static final String DUE =
            """
            select email.*, null::bytea as bytes, open.*
            from (values (0), (1), (2), (3)) as each(priority)
            cross join lateral (select *
                                from email
                                where workspace_id = :workspace
                                  and mailbox_id = :mailbox
                                  and priority = each.priority
                                  and due_at <= now()
                                  and state <> 'sending'
                                order by due_at, id
                                limit :limit) as email
            cross join lateral (select array_agg(position order by position) filter (where state = 'open') as positions,
                                       array_agg(kind order by position) filter (where state = 'open') as kinds,
                                       array_agg(address order by position) filter (where state = 'open') as addresses,
                                       bool_or(state = 'accepted') as partly_accepted
                                from recipient
                                where workspace_id = email.workspace_id
                                  and email_id = email.id) as open
            order by each.priority, email.due_at, email.id
            limit :limit
            """;

    private final Database database;

    public QueuedEmails(Database database) {
        this.database = database;
    }

    /** An email that is begun, since when, and the epoch of the lease that began it. */
    public record Begun(DueEmail email, Instant at, long epoch) {}

    /** What is begun under the lease or an earlier one, or the first thousand of it. */
    public List<Begun> begun(Lease lease) {
        return database.read(handle ->
                handle.createQuery(BEGUN)
                        .bind("workspace", lease.lane().workspaceId())
                        .bind("mailbox", lease.lane().mailboxId())
                        .bind("epoch", lease.epoch())
                        .bind("limit", BEGUN_AT_ONCE)
                        .map((row, context) ->
                                new Begun(
                                        new MapDueEmail().map(row, context),
                                        row.getTimestamp("begun").toInstant(),
                                        row.getLong("epoch")))
                        .list());
    }

    /** The first that are due, not begun. */
    public List<DueEmail> due(LaneKey lane, int limit) {
        return database.read(handle ->
                handle.createQuery(DUE)
                        .bind("workspace", lane.workspaceId())
                        .bind("mailbox", lane.mailboxId())
                        .bind("limit", limit)
                        .map(new MapDueEmail())
                        .list());
    }
}
