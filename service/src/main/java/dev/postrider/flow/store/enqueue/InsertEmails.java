package dev.postrider.flow.store.enqueue;

import dev.postrider.email.LaneKey;
import dev.postrider.email.Recipient;
import dev.postrider.flow.store.find.SearchTerms;
import dev.postrider.postgres.BatchStatement;
import dev.postrider.postgres.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The statement that writes a batch of new emails. What the batch has written already, because its
 * commit was lost on the way back, it leaves as it is.
 */
final class InsertEmails {
    private static final int MAX_HEADERS = 16_384;

    /**
     * One statement, so that one round trip keeps all of a small batch, and nothing of an email
     * whose lane has gone. Where it is to be begun the lane's row is locked against a takeover, as
     * by those who take due emails; else its lane is woken. Lanes are locked in key order, so that
     * two nodes can't wait for each other; so are the minutes that limits count, in the order that
     * all have who write them.
     *
     * <p>Of an email whose caller was let in on what was known of their token nothing is kept where
     * that isn't so any more: the conditions are those of the look-ups of access tokens and API
     * keys. What belongs to a token is looked up row by row ({@code limit}): as joins the planner
     * may go from its workspace to all of the workspace's users.
     */
    private static final String INSERT =
            """
            with asked as (
                select *
                from unnest(:workspaces, :ids, :mailboxes, :users, :messageIds, :senders, :subjects,
                            :dueAt, :priorities, :onUnknown, :eightBit, :smtpUtf8, :awaited, :giveUpAt,
                            :octets, :recipientCounts, :authors, :replyTo, :headers, :tags, :dated,
                            :epochs, :seen, :minutes, :places, :terms, :apiKeys, :sessionHashes,
                            :issuedAfter, :keyHashes, :roles, :permissions, :onlyMailboxes)
                    as asked(workspace_id, id, mailbox_id, user_id, message_id, sender, subject,
                           due_at, priority, on_unknown, eight_bit, smtputf8, awaited, give_up_at,
                           octets, recipients, author, reply_to, headers, tags, dated,
                           epoch, seen, minute, place, terms, key_id, session_hash,
                           issued_after, key_hash, role, permission, only_mailbox)
            ),
            new as (
                select *
                from asked
                where (session_hash is null
                       or exists (select
                                  from session_token t
                                  cross join lateral (
                                      select user_id
                                      from session s
                                      where s.workspace_id = t.workspace_id
                                        and s.id = t.session_id
                                        and s.revoked_at is null
                                        and s.expires_at > now()
                                      limit 1
                                  ) as s
                                  cross join lateral (
                                      select
                                      from user_account u
                                      where u.workspace_id = t.workspace_id
                                        and u.id = s.user_id
                                        and u.deactivated_at is null
                                        and u.role = asked.role
                                      limit 1
                                  ) as u
                                  where t.access_hash = asked.session_hash
                                    and t.issued_at > asked.issued_after))
                  and (key_hash is null
                       or exists (select
                                  from api_key k
                                  cross join lateral (
                                      select
                                      from user_account u
                                      where u.workspace_id = k.workspace_id
                                        and u.id = k.user_id
                                        and u.deactivated_at is null
                                        and u.role = asked.role
                                      limit 1
                                  ) as u
                                  where k.hash = asked.key_hash
                                    and k.permission = asked.permission
                                    and k.mailbox_id is not distinct from asked.only_mailbox))
            ),
            held as (
                select lane.workspace_id, lane.mailbox_id, lane.epoch
                from (select distinct workspace_id, mailbox_id, epoch, seen
                      from new
                      where epoch is not null) as asked
                join lane
                  on lane.workspace_id = asked.workspace_id
                 and lane.mailbox_id = asked.mailbox_id
                 and lane.epoch = asked.epoch
                 and lane.leased_until > now()
                join mailbox
                  on mailbox.workspace_id = asked.workspace_id
                 and mailbox.id = asked.mailbox_id
                 and mailbox.updated_at = asked.seen
                 and mailbox.state = 'active'
                order by lane.workspace_id, lane.mailbox_id
                for share of lane
            ),
            due as (
                select new.workspace_id, new.mailbox_id, min(greatest(new.due_at, now())) as due_at
                from new
                left join held
                  on held.workspace_id = new.workspace_id
                 and held.mailbox_id = new.mailbox_id
                 and held.epoch = new.epoch
                where held.epoch is null
                group by new.workspace_id, new.mailbox_id
            ),
            woken as (
                select wake.workspace_id, wake.mailbox_id, due.due_at
                from wake
                join due using (workspace_id, mailbox_id)
                order by wake.workspace_id, wake.mailbox_id
                for no key update of wake
            ),
            kept as (
                insert into email
                    (workspace_id, id, mailbox_id, user_id, message_id, sender, subject, state, due_at,
                     priority, on_unknown, eight_bit, smtputf8, awaited, give_up_at, octets,
                     recipient_count, scheduled_at, author, reply_to, headers, tags, dated, key_id, epoch,
                     attempts)
                select new.workspace_id, new.id, new.mailbox_id, new.user_id, new.message_id,
                       new.sender, new.subject,
                       case when held.epoch is not null then 'sending'
                            when new.due_at > now() then 'scheduled'
                            else 'queued'
                       end,
                       greatest(new.due_at, now()),
                       new.priority, new.on_unknown, new.eight_bit, new.smtputf8, new.awaited,
                       new.give_up_at, new.octets, new.recipients, new.due_at, new.author,
                       cast(new.reply_to as jsonb), cast(new.headers as jsonb),
                       cast(new.tags as jsonb), new.dated, new.key_id, held.epoch,
                       case when held.epoch is null then 0 else 1 end
                from new
                left join held
                  on held.workspace_id = new.workspace_id
                 and held.mailbox_id = new.mailbox_id
                 and held.epoch = new.epoch
                where held.epoch is not null
                   or coalesce((new.workspace_id, new.mailbox_id)
                               in (select workspace_id, mailbox_id from woken), false)
                on conflict (workspace_id, id) do nothing
                returning workspace_id, id, mailbox_id, epoch, recipient_count
            ),
            contents as (
                insert into email_content (workspace_id, email_id, bytes)
                select *
                from unnest(:contentWorkspaces, :contentIds, :contents)
                    as content(workspace_id, email_id, bytes)
                where coalesce(email_id in (select id from kept), false)
                on conflict (workspace_id, email_id) do nothing
            ),
            searches as (
                insert into email_search (workspace_id, email_id, terms)
                select workspace_id, id, array_to_tsvector(string_to_array(terms, ' '))
                from new
                where coalesce(id in (select id from kept), false)
                on conflict (workspace_id, email_id) do nothing
            ),
            recipients as (
                insert into recipient (workspace_id, email_id, position, kind, address, written)
                select *
                from unnest(:recipientWorkspaces, :recipientIds, :positions, :kinds, :addresses, :written)
                    as written(workspace_id, email_id, position, kind, address, written)
                where coalesce(email_id in (select id from kept), false)
                on conflict (workspace_id, email_id, position) do nothing
            ),
            counted as (
                insert into mailbox_use (workspace_id, mailbox_id, minute, messages, recipients)
                select kept.workspace_id, kept.mailbox_id, new.minute, count(*), sum(kept.recipient_count)
                from kept
                join new
                  on new.workspace_id = kept.workspace_id
                 and new.id = kept.id
                where kept.epoch is not null
                group by kept.workspace_id, kept.mailbox_id, new.minute
                order by min(new.place), new.minute
                on conflict (workspace_id, mailbox_id, minute) do update
                set messages = mailbox_use.messages + excluded.messages,
                    recipients = mailbox_use.recipients + excluded.recipients
            ),
            roused as (
                update wake
                set due_at = least(wake.due_at, woken.due_at),
                    count = wake.count + 1
                from woken
                where wake.workspace_id = woken.workspace_id
                  and wake.mailbox_id = woken.mailbox_id
                returning wake.workspace_id, wake.mailbox_id
            )
            select workspace_id, mailbox_id, cast(null as uuid) as begun, cast(null as uuid) as refused
            from roused
            union all
            select workspace_id, mailbox_id, id, null
            from kept
            where epoch is not null
            union all
            select workspace_id, mailbox_id, null, id
            from asked
            where coalesce(id not in (select id from new), false)
            """;

    private static final BatchStatement INSERT_ALL = BatchStatement.of(INSERT);

    private InsertEmails() {}

    /** A recipient of an email that is to be inserted. */
    private record RecipientRow(NewEmailRow of, Recipient recipient) {}

    /**
     * A lane that was woken, or is served.
     *
     * @param begun its email that is begun
     * @param refused its email of which nothing was kept, because its caller isn't who they were
     */
    record Written(LaneKey lane, Optional<UUID> begun, Optional<UUID> refused) {
        static Written of(ResultSet row) throws SQLException {
            return new Written(
                    new LaneKey(
                            row.getObject("workspace_id", UUID.class),
                            row.getObject("mailbox_id", UUID.class)),
                    Optional.ofNullable(row.getObject("begun", UUID.class)),
                    Optional.ofNullable(row.getObject("refused", UUID.class)));
        }
    }

    static List<Written> insert(Handle handle, List<NewEmailRow> rows) {
        var small = rows.stream().filter(row -> !row.message().isLarge()).toList();
        var recipients =
                rows.stream()
                        .flatMap(row ->
                                row.email().envelope().recipients().stream()
                                        .map(each -> new RecipientRow(row, each)))
                        .toList();
        var places = places(rows);
        return INSERT_ALL
                .on(handle)
                .column("workspaces", rows, UUID.class, NewEmailRow::workspace)
                .column("ids", rows, UUID.class, NewEmailRow::id)
                .column("mailboxes", rows, UUID.class, NewEmailRow::mailbox)
                .column("users", rows, UUID.class, row -> row.email().userId())
                .octets("sessionHashes", rows, NewEmailRow::sessionHash)
                .octets("keyHashes", rows, NewEmailRow::keyHash)
                .column("roles", rows, String.class, NewEmailRow::role)
                .column("permissions", rows, String.class, NewEmailRow::permission)
                .column("onlyMailboxes", rows, UUID.class, NewEmailRow::onlyMailbox)
                .column("issuedAfter", rows, Timestamp.class, NewEmailRow::issuedAfter)
                .column("apiKeys", rows, UUID.class, row -> row.email().keyId().orElse(null))
                .column("messageIds", rows, String.class, row -> row.message().messageId())
                .column("senders", rows, String.class, row -> row.email().envelope().sender())
                .column("subjects", rows, String.class, row -> row.email().header().subject())
                .column("dueAt", rows, Timestamp.class, row -> at(row.delivery().dueAt()))
                .column("priorities", rows, Short.class, row -> row.delivery().rank())
                .column("onUnknown", rows, String.class, row -> row.delivery().onUnknown().text())
                .column("eightBit", rows, Boolean.class, row -> row.message().eightBit())
                .column("smtpUtf8", rows, Boolean.class, row -> row.message().smtpUtf8())
                .column("awaited", rows, Boolean.class, row -> row.delivery().awaited())
                .column(
                        "giveUpAt",
                        rows,
                        Timestamp.class,
                        row -> Timestamp.from(row.delivery().giveUpAt()))
                .column("octets", rows, Integer.class, row -> row.message().size())
                .column(
                        "recipientCounts",
                        rows,
                        Integer.class,
                        row -> row.email().envelope().recipients().size())
                .column(
                        "authors",
                        rows,
                        String.class,
                        row -> row.email().header().author().orElse(null))
                .column(
                        "replyTo",
                        rows,
                        String.class,
                        row -> Json.text(row.email().header().replyTo()))
                .column("headers", rows, String.class, row -> headers(row.email()))
                .column("tags", rows, String.class, row -> Json.text(row.email().tags()))
                .column("dated", rows, Boolean.class, row -> row.message().dated())
                .column("epochs", rows, Long.class, NewEmailRow::epoch)
                .column("seen", rows, Timestamp.class, row -> at(row.begin().map(Begin::seen)))
                .column("minutes", rows, Timestamp.class, row -> at(row.begin().map(Begin::minute)))
                .column("places", rows, Integer.class, row -> places.get(row.mailbox()))
                .column("terms", rows, String.class, row -> terms(row.email()))
                .column("contentWorkspaces", small, UUID.class, NewEmailRow::workspace)
                .column("contentIds", small, UUID.class, NewEmailRow::id)
                .octets("contents", small, row -> octets(row.email()))
                .column("recipientWorkspaces", recipients, UUID.class, row -> row.of().workspace())
                .column("recipientIds", recipients, UUID.class, row -> row.of().id())
                .column(
                        "positions",
                        recipients,
                        Short.class,
                        row -> (short) row.recipient().position())
                .column("kinds", recipients, String.class, row -> row.recipient().kind().text())
                .column("addresses", recipients, String.class, row -> row.recipient().address())
                .column(
                        "written",
                        recipients,
                        String.class,
                        row -> row.recipient().writtenOtherwise().orElse(null))
                .list(Written::of);
    }

    /** The mailboxes in the order in which all count what they use. */
    private static Map<UUID, Integer> places(List<NewEmailRow> rows) {
        var places = new HashMap<UUID, Integer>();
        rows.stream()
                .map(NewEmailRow::mailbox)
                .distinct()
                .sorted()
                .forEach(mailbox -> places.put(mailbox, places.size()));
        return places;
    }

    private static @Nullable Timestamp at(Optional<Instant> time) {
        return time.map(Timestamp::from).orElse(null);
    }

    private static byte[] octets(NewEmail small) {
        try (var in = small.message().content().open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String terms(NewEmail email) {
        return SearchTerms.of(
                email.key(),
                email.header().subject(),
                email.header().author().orElse(email.envelope().sender()),
                email.envelope().recipients().stream().map(Recipient::address).toList());
    }

    /** None where they are more than a webhook is told in one call. */
    private static @Nullable String headers(NewEmail email) {
        var headers = email.header().others();
        var length = headers.stream().mapToInt(each -> each.value().length()).sum();
        return length > MAX_HEADERS
                ? null
                : Json.text(
                        headers.stream()
                                .map(each -> Map.of("name", each.name(), "value", each.value()))
                                .toList());
    }
}
