package dev.postrider.flow.store;

import dev.postrider.email.EmailKey;
import dev.postrider.email.LaneKey;
import dev.postrider.email.Recipient;
import dev.postrider.postgres.Column;
import dev.postrider.postgres.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Writes new emails with all that belongs to them, a few statements for a whole batch. What a batch
 * has written already, because its commit was lost on the way back, it leaves as it is.
 */
public final class EnqueueEmails {
    private static final int MAX_HEADERS = 16_384;

    private static final String INSERT_EMAILS =
            """
            insert into email
                (workspace_id, id, mailbox_id, user_id, message_id, sender, subject, state, due_at,
                 priority, on_unknown, eight_bit, smtputf8, awaited, give_up_at, octets,
                 recipient_count, scheduled_at, author, reply_to, headers, tags, dated)
            select new.workspace_id, new.id, new.mailbox_id, new.user_id, new.message_id, new.sender,
                   new.subject,
                   case when new.due_at > now() then 'scheduled' else 'queued' end,
                   greatest(new.due_at, now()),
                   new.priority, new.on_unknown, new.eight_bit, new.smtputf8, new.awaited,
                   new.give_up_at, new.octets, new.recipients, new.due_at, new.author,
                   cast(new.reply_to as jsonb), cast(new.headers as jsonb), cast(new.tags as jsonb),
                   new.dated
            from unnest(:workspaces, :ids, :mailboxes, :users, :messageIds, :senders, :subjects,
                        :dueAt, :priorities, :onUnknown, :eightBit, :smtpUtf8, :awaited, :giveUpAt,
                        :octets, :recipients, :authors, :replyTo, :headers, :tags, :dated)
                as new(workspace_id, id, mailbox_id, user_id, message_id, sender, subject,
                       due_at, priority, on_unknown, eight_bit, smtputf8, awaited, give_up_at,
                       octets, recipients, author, reply_to, headers, tags, dated)
            on conflict (workspace_id, id) do nothing
            """;

    private static final String INSERT_CONTENTS =
            """
            insert into email_content (workspace_id, email_id, bytes)
            select *
            from unnest(:workspaces, :ids, :contents)
            on conflict (workspace_id, email_id) do nothing
            """;

    private static final String INSERT_LARGE_CONTENT =
            """
            insert into email_content (workspace_id, email_id, bytes)
            values (:workspace, :id, :content)
            on conflict (workspace_id, email_id) do nothing
            """;

    private static final String INSERT_RECIPIENTS =
            """
            insert into recipient (workspace_id, email_id, position, kind, address, written)
            select *
            from unnest(:workspaces, :ids, :positions, :kinds, :addresses, :written)
            on conflict (workspace_id, email_id, position) do nothing
            """;

    private static final String INSERT_TAGS =
            """
            insert into email_tag (workspace_id, name, value, email_id)
            select *
            from unnest(:workspaces, :names, :values, :ids)
            on conflict (workspace_id, name, value, email_id) do nothing
            """;

    /** In key order, so that two nodes that wake the same lanes can't deadlock. */
    private static final String WAKE_LANES =
            """
            with due as (
                select workspace_id, mailbox_id, min(greatest(due_at, now())) as due_at
                from unnest(:workspaces, :mailboxes, :dueAt) as new(workspace_id, mailbox_id, due_at)
                group by workspace_id, mailbox_id
            ),
            woken as (
                select wake.workspace_id, wake.mailbox_id, due.due_at
                from wake
                join due using (workspace_id, mailbox_id)
                order by wake.workspace_id, wake.mailbox_id
                for no key update of wake
            )
            update wake
            set due_at = least(wake.due_at, woken.due_at),
                count = wake.count + 1
            from woken
            where wake.workspace_id = woken.workspace_id
              and wake.mailbox_id = woken.mailbox_id
            returning wake.workspace_id, wake.mailbox_id
            """;

    private EnqueueEmails() {}

    /**
     * Inserts emails and wakes their lanes.
     *
     * @return the lanes; emails whose lanes aren't among them, because their mailboxes have gone,
     *     are orphans: {@link DeleteEmails}
     */
    public static Set<LaneKey> insert(Handle handle, List<NewEmail> emails) {
        var workspaces = Column.of(emails, UUID.class, email -> email.key().workspaceId());
        var ids = Column.of(emails, UUID.class, email -> email.key().id());
        var mailboxes = Column.of(emails, UUID.class, email -> email.lane().mailboxId());
        var dueAt =
                Column.of(
                        emails,
                        Timestamp.class,
                        email -> email.delivery().dueAt().map(Timestamp::from).orElse(null));
        handle.createUpdate(INSERT_EMAILS)
                .bind("workspaces", workspaces)
                .bind("ids", ids)
                .bind("mailboxes", mailboxes)
                .bind("users", Column.of(emails, UUID.class, NewEmail::userId))
                .bind(
                        "messageIds",
                        Column.of(emails, String.class, email -> email.message().messageId()))
                .bind(
                        "senders",
                        Column.of(emails, String.class, email -> email.envelope().sender()))
                .bind(
                        "subjects",
                        Column.of(emails, String.class, email -> email.header().subject()))
                .bind("dueAt", dueAt)
                .bind(
                        "priorities",
                        Column.of(emails, Short.class, email -> email.delivery().rank()))
                .bind(
                        "authors",
                        Column.of(
                                emails,
                                String.class,
                                email -> email.header().author().orElse(null)))
                .bind(
                        "replyTo",
                        Column.of(
                                emails, String.class, email -> Json.text(email.header().replyTo())))
                .bind("headers", Column.of(emails, String.class, email -> headers(email)))
                .bind("tags", Column.of(emails, String.class, email -> Json.text(email.tags())))
                .bind("dated", Column.of(emails, Boolean.class, email -> email.message().dated()))
                .bind("octets", Column.of(emails, Integer.class, email -> email.message().size()))
                .bind(
                        "recipients",
                        Column.of(
                                emails,
                                Integer.class,
                                email -> email.envelope().recipients().size()))
                .bind(
                        "onUnknown",
                        Column.of(
                                emails, String.class, email -> email.delivery().onUnknown().text()))
                .bind(
                        "eightBit",
                        Column.of(emails, Boolean.class, email -> email.message().eightBit()))
                .bind(
                        "smtpUtf8",
                        Column.of(emails, Boolean.class, email -> email.message().smtpUtf8()))
                .bind(
                        "awaited",
                        Column.of(emails, Boolean.class, email -> email.delivery().awaited()))
                .bind(
                        "giveUpAt",
                        Column.of(
                                emails,
                                Timestamp.class,
                                email -> Timestamp.from(email.delivery().giveUpAt())))
                .execute();
        insertContents(handle, emails);
        insertRecipients(handle, emails);
        insertTags(handle, emails);
        return handle.createQuery(WAKE_LANES)
                .bind("workspaces", workspaces)
                .bind("mailboxes", mailboxes)
                .bind("dueAt", dueAt)
                .map((row, _) ->
                        new LaneKey(
                                row.getObject("workspace_id", UUID.class),
                                row.getObject("mailbox_id", UUID.class)))
                .set();
    }

    private static void insertContents(Handle handle, List<NewEmail> emails) {
        var small = new ArrayList<NewEmail>(emails.size());
        for (var email : emails) {
            if (email.message().isLarge()) {
                insertLarge(handle, email);
            } else {
                small.add(email);
            }
        }
        if (!small.isEmpty()) {
            handle.createUpdate(INSERT_CONTENTS)
                    .bind(
                            "workspaces",
                            Column.of(small, UUID.class, one -> one.key().workspaceId()))
                    .bind("ids", Column.of(small, UUID.class, one -> one.key().id()))
                    .bind("contents", Column.ofOctets(small, EnqueueEmails::octets))
                    .execute();
        }
    }

    /** The driver copies the stream to the server piece by piece. */
    private static void insertLarge(Handle handle, NewEmail email) {
        try (var in = email.message().content().open()) {
            handle.createUpdate(INSERT_LARGE_CONTENT)
                    .bind("workspace", email.key().workspaceId())
                    .bind("id", email.key().id())
                    .bindBinaryStream("content", in, email.message().size())
                    .execute();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] octets(NewEmail small) {
        try (var in = small.message().content().open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    private static void insertRecipients(Handle handle, List<NewEmail> emails) {
        record Row(UUID workspace, UUID email, Recipient recipient) {}
        var rows = new ArrayList<Row>();
        for (var email : emails) {
            for (var recipient : email.envelope().recipients()) {
                rows.add(new Row(email.key().workspaceId(), email.key().id(), recipient));
            }
        }
        handle.createUpdate(INSERT_RECIPIENTS)
                .bind("workspaces", Column.of(rows, UUID.class, Row::workspace))
                .bind("ids", Column.of(rows, UUID.class, Row::email))
                .bind(
                        "positions",
                        Column.of(rows, Short.class, row -> (short) row.recipient().position()))
                .bind(
                        "kinds",
                        Column.of(
                                rows,
                                String.class,
                                row -> row.recipient().kind().name().toLowerCase(Locale.ROOT)))
                .bind("addresses", Column.of(rows, String.class, row -> row.recipient().address()))
                .bind(
                        "written",
                        Column.of(
                                rows,
                                String.class,
                                row -> row.recipient().writtenOtherwise().orElse(null)))
                .execute();
    }

    private static void insertTags(Handle handle, List<NewEmail> emails) {
        record Row(EmailKey email, String name, String value) {}
        var rows = new ArrayList<Row>();
        for (var email : emails) {
            email.tags().forEach((name, value) -> rows.add(new Row(email.key(), name, value)));
        }
        if (rows.isEmpty()) {
            return;
        }
        handle.createUpdate(INSERT_TAGS)
                .bind("workspaces", Column.of(rows, UUID.class, row -> row.email().workspaceId()))
                .bind("names", Column.of(rows, String.class, Row::name))
                .bind("values", Column.of(rows, String.class, Row::value))
                .bind("ids", Column.of(rows, UUID.class, row -> row.email().id()))
                .execute();
    }
}
