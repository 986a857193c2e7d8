package dev.postrider.mailbox.notify;

import dev.postrider.event.MailboxEvent;
import dev.postrider.postgres.NewId;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The emails that mailboxes' owners are to get: a row for each mailbox, so that there is one a day
 * at most. Written in the transaction of what is told; {@code dev.postrider.notice} sends them.
 */
public final class OwnerNotices {
    /** Only where the workspace has a mailbox for it, and never through the one that is held. */
    private static final String WANT =
            """
            insert into owner_notice (workspace_id, mailbox_id, id, kind, ends_at)
            select mailbox.workspace_id, mailbox.id, :id, :kind, :ends_at
            from mailbox
            join workspace
              on workspace.id = mailbox.workspace_id
             and workspace.notification_mailbox_id <> mailbox.id
            where mailbox.workspace_id = :workspace
              and mailbox.id = :mailbox
            on conflict (workspace_id, mailbox_id) do update
            set id = excluded.id,
                kind = excluded.kind,
                ends_at = excluded.ends_at,
                wanted_at = now(),
                due_at = now(),
                attempts = 0
            where owner_notice.wanted_at < now() - interval '24 hours'
            """;

    private static final String CLAIM =
            """
            update owner_notice
            set attempts = attempts + 1,
                due_at = now() + cast(:lease as interval) * power(2, least(attempts, 8))
            where ctid = any (array(
                select ctid
                from owner_notice
                where due_at <= now()
                order by due_at
                limit 20
                for update skip locked))
            returning workspace_id, mailbox_id, id, kind, ends_at, attempts
            """;

    private static final String SENT =
            """
            update owner_notice
            set due_at = null
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and id = :id
            """;

    /** As if it had never been wanted: the next may be. */
    private static final String DROP =
            """
            delete from owner_notice
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and id = :id
            """;

    private OwnerNotices() {}

    /** What an owner is told. */
    public enum Kind {
        HELD,
        EXPIRING;

        public String text() {
            return this == HELD ? "held" : "expiring";
        }

        static Kind of(String text) {
            return text.equals("held") ? HELD : EXPIRING;
        }
    }

    /**
     * An email that is to be sent.
     *
     * @param id by which a second attempt is known to be one
     * @param endsAt when the grant ends; empty for a mailbox that is held
     * @param attempt counts from 1
     */
    public record Notice(
            UUID workspaceId,
            UUID mailboxId,
            UUID id,
            Kind kind,
            Optional<Instant> endsAt,
            int attempt) {}

    static void want(Handle handle, UUID workspaceId, UUID mailboxId, MailboxEvent event) {
        switch (event) {
            case MailboxEvent.Held _ ->
                    want(handle, workspaceId, mailboxId, Kind.HELD, Optional.empty());
            case MailboxEvent.Expiring(var endsAt) ->
                    want(handle, workspaceId, mailboxId, Kind.EXPIRING, Optional.of(endsAt));
            case MailboxEvent.Connected _,
                    MailboxEvent.Released _,
                    MailboxEvent.LimitReached _,
                    MailboxEvent.Removed _ -> {}
        }
    }

    private static void want(
            Handle handle, UUID workspaceId, UUID mailboxId, Kind kind, Optional<Instant> endsAt) {
        handle.createUpdate(WANT)
                .bind("workspace", workspaceId)
                .bind("mailbox", mailboxId)
                .bind("id", NewId.get())
                .bind("kind", kind.text())
                .bind("ends_at", endsAt.map(time -> time.atOffset(ZoneOffset.UTC)))
                .execute();
    }

    /**
     * Takes some that are due.
     *
     * @param lease until another takes them, when this node dies; longer after each attempt
     */
    public static List<Notice> claim(Handle handle, Duration lease) {
        return handle.createQuery(CLAIM)
                .bind("lease", lease)
                .map((row, _) ->
                        new Notice(
                                row.getObject("workspace_id", UUID.class),
                                row.getObject("mailbox_id", UUID.class),
                                row.getObject("id", UUID.class),
                                Kind.of(row.getString("kind")),
                                Optional.ofNullable(row.getObject("ends_at", OffsetDateTime.class))
                                        .map(OffsetDateTime::toInstant),
                                row.getInt("attempts")))
                .list();
    }

    /** It is accepted; until tomorrow there is no other. */
    public static void sent(Handle handle, Notice notice) {
        end(handle, SENT, notice);
    }

    /** There is nothing to say any more, or nobody to say it to. */
    public static void drop(Handle handle, Notice notice) {
        end(handle, DROP, notice);
    }

    private static void end(Handle handle, String statement, Notice notice) {
        handle.createUpdate(statement)
                .bind("workspace", notice.workspaceId())
                .bind("mailbox", notice.mailboxId())
                .bind("id", notice.id())
                .execute();
    }
}
