package dev.postrider.flow.lease;

import dev.postrider.email.Content;
import dev.postrider.email.DueEmail;
import dev.postrider.email.EmailKey;
import dev.postrider.email.LaneKey;
import dev.postrider.email.Lease;
import dev.postrider.email.OnUnknown;
import dev.postrider.email.Recipient;
import dev.postrider.postgres.Database;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;

/** The due emails of a lane, and the marks that they are begun. */
final class DueTable {
    private static final String DUE =
            """
            select email.*, content.bytes, open.positions, open.kinds, open.addresses, open.partly_accepted
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
            join email_content as content
              on content.workspace_id = email.workspace_id
             and content.email_id = email.id
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

    /** What a lease that has ended left begun. */
    private static final String BEGUN_BEFORE =
            """
            select email.*, content.bytes, open.positions, open.kinds, open.addresses, open.partly_accepted
            from email
            join email_content as content
              on content.workspace_id = email.workspace_id
             and content.email_id = email.id
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
              and email.epoch < :epoch
            """;

    /**
     * The lane's row is locked against a takeover, so nothing begins under an epoch that has ended.
     */
    private static final String BEGIN =
            """
            with held as (
                select workspace_id, mailbox_id
                from lane
                where workspace_id = :workspace
                  and mailbox_id = :mailbox
                  and epoch = :epoch
                  and leased_until > now()
                for share
            )
            update email
            set state = 'sending',
                epoch = :epoch,
                attempts = attempts + 1
            from held
            where email.workspace_id = held.workspace_id
              and email.mailbox_id = held.mailbox_id
              and email.id = any (:ids)
              and email.state in ('queued', 'scheduled')
            returning email.id
            """;

    private final Database database;

    DueTable(Database database) {
        this.database = database;
    }

    List<DueEmail> due(LaneKey lane, int limit) {
        return database.read(handle ->
                handle.createQuery(DUE)
                        .bind("workspace", lane.workspaceId())
                        .bind("mailbox", lane.mailboxId())
                        .bind("limit", limit)
                        .map(EMAIL)
                        .list());
    }

    /** An email that an earlier lease began, and that lease's epoch. */
    record Begun(DueEmail email, long epoch) {}

    List<Begun> begunBefore(Lease lease) {
        return database.read(handle ->
                handle.createQuery(BEGUN_BEFORE)
                        .bind("workspace", lease.lane().workspaceId())
                        .bind("mailbox", lease.lane().mailboxId())
                        .bind("epoch", lease.epoch())
                        .map((row, context) ->
                                new Begun(EMAIL.map(row, context), row.getLong("epoch")))
                        .list());
    }

    /**
     * Marks emails begun, in one commit.
     *
     * @return those that are: the others were canceled, or the lease has ended
     */
    List<DueEmail> begin(Lease lease, List<DueEmail> emails) {
        var begun =
                database.inTransaction(handle ->
                        handle.createQuery(BEGIN)
                                .bind("workspace", lease.lane().workspaceId())
                                .bind("mailbox", lease.lane().mailboxId())
                                .bind("epoch", lease.epoch())
                                .bind(
                                        "ids",
                                        emails.stream()
                                                .map(email -> email.key().id())
                                                .toArray(UUID[]::new))
                                .mapTo(UUID.class)
                                .set());
        return emails.stream().filter(email -> begun.contains(email.key().id())).toList();
    }

    private static final RowMapper<DueEmail> EMAIL =
            (row, _) -> {
                var workspace = row.getObject("workspace_id", UUID.class);
                return new DueEmail(
                        new EmailKey(workspace, row.getObject("id", UUID.class)),
                        new LaneKey(workspace, row.getObject("mailbox_id", UUID.class)),
                        row.getString("message_id"),
                        row.getString("sender"),
                        recipients(row),
                        row.getBoolean("partly_accepted"),
                        Content.of(row.getBytes("bytes")),
                        row.getBoolean("eight_bit"),
                        row.getBoolean("smtputf8"),
                        row.getInt("attempts") - (row.getString("state").equals("sending") ? 1 : 0),
                        row.getInt("resends"),
                        OnUnknown.of(row.getString("on_unknown")),
                        row.getBoolean("awaited"),
                        row.getTimestamp("created_at").toInstant(),
                        row.getTimestamp("give_up_at").toInstant());
            };

    private static List<Recipient> recipients(ResultSet row) throws SQLException {
        var positions = (Short[]) values(row.getArray("positions"));
        var kinds = (String[]) values(row.getArray("kinds"));
        var addresses = (String[]) values(row.getArray("addresses"));
        var recipients = new ArrayList<Recipient>(positions.length);
        for (var i = 0; i < positions.length; i++) {
            recipients.add(
                    new Recipient(
                            positions[i],
                            Recipient.Kind.valueOf(kinds[i].toUpperCase(Locale.ROOT)),
                            addresses[i]));
        }
        return recipients;
    }

    private static Object values(Array array) throws SQLException {
        return array.getArray();
    }
}
