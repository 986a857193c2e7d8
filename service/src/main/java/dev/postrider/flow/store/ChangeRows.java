package dev.postrider.flow.store;

import dev.postrider.email.EmailKey;
import dev.postrider.flow.store.find.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Moves, cancels and retries. Where a lane is woken its wake is locked before the email, as all
 * others do who lock both.
 */
final class ChangeRows {
    private static final String FIND =
            """
            select mailbox_id, state
            from email
            where workspace_id = :workspace
              and id = :id
              and (cast(:only_user as uuid) is null or user_id = :only_user)
              and (cast(:only_mailbox as uuid) is null or mailbox_id = :only_mailbox)
            """;

    private static final String WAKE =
            """
            update wake
            set due_at = least(due_at, greatest(cast(:due_at as timestamptz), now())),
                count = count + 1
            where workspace_id = :workspace
              and mailbox_id = :mailbox
            """;

    private static final String MOVE =
            """
            update email
            set state = case when cast(:due_at as timestamptz) > now() then 'scheduled' else 'queued' end,
                due_at = greatest(cast(:due_at as timestamptz), now()),
                scheduled_at = :due_at,
                give_up_at = greatest(cast(:due_at as timestamptz), now()) + cast(:patience as interval)
            where workspace_id = :workspace
              and id = :id
              and state = 'scheduled'
            returning due_at, dated
            """;

    private static final String BEGINNING =
            """
            select substring(bytes from 1 for :longest)
            from email_content
            where workspace_id = :workspace
              and email_id = :id
            """;

    /** The email is locked by its move, so no attempt reads the message meanwhile. */
    private static final String DATE =
            """
            with dated as (
                update email_content
                set bytes = :line || substring(bytes from :behind)
                where workspace_id = :workspace
                  and email_id = :id
                returning octet_length(bytes) as octets
            )
            update email
            set octets = dated.octets
            from dated
            where workspace_id = :workspace
              and id = :id
            """;

    /** Before a look at its recipients: no attempt settles it meanwhile. */
    private static final String LOCK =
            """
            select 1
            from email
            where workspace_id = :workspace
              and id = :id
            for no key update
            """;

    /** Who has got it can't be made not to have: then it ends as sent, to them. */
    private static final String CANCEL =
            """
            with waiting as (
                select email.id, got.accepted, got.everyone
                from email
                cross join lateral (select count(*) filter (where state = 'accepted') as accepted,
                                           count(*) as everyone
                                    from recipient
                                    where recipient.workspace_id = email.workspace_id
                                      and recipient.email_id = email.id) as got
                where email.workspace_id = :workspace
                  and email.id = :id
                  and email.state in ('scheduled', 'queued')
            ),
            canceled as (
                update recipient
                set state = 'canceled'
                from waiting
                where recipient.workspace_id = :workspace
                  and recipient.email_id = waiting.id
                  and recipient.state = 'open'
            )
            update email
            set state = case when waiting.accepted = 0 then 'canceled' else 'sent' end,
                reason = case
                             when waiting.accepted = 0 then :reason
                             else :reason || ' ' || waiting.accepted || ' of ' || waiting.everyone
                                  || ' recipients had got it before.'
                         end,
                due_at = null,
                finished_at = now(),
                awaited = false
            from waiting
            where email.workspace_id = :workspace
              and email.id = waiting.id
            returning email.state, email.reason
            """;

    /** What may have arrived once already isn't to be called failed if this comes to nothing. */
    private static final String RETRY =
            """
            update email
            set state = 'queued',
                reason = null,
                due_at = now(),
                finished_at = null,
                resends = case when state = 'unknown' then greatest(resends, 1) else resends end,
                give_up_at = now() + cast(:patience as interval)
            where workspace_id = :workspace
              and id = :id
              and state in ('refused', 'failed', 'unknown')
              and exists (
                  select
                  from recipient
                  where recipient.workspace_id = email.workspace_id
                    and recipient.email_id = email.id
                    and recipient.state <> 'accepted'
              )
            """;

    private static final String REOPEN_RECIPIENTS =
            """
            update recipient
            set state = 'open',
                code = null,
                enhanced = null,
                reply = null
            where workspace_id = :workspace
              and email_id = :id
              and state <> 'accepted'
            """;

    private static final String CANCELED = "Canceled by its sender.";

    private ChangeRows() {}

    /** An email that the caller may change, as it was a moment ago. */
    record Found(UUID mailboxId, String state) {}

    public static Optional<Found> find(Handle handle, Visibility scope, UUID id) {
        return scope.bind(handle.createQuery(FIND))
                .bind("id", id)
                .map((row, _) ->
                        new Found(row.getObject("mailbox_id", UUID.class), row.getString("state")))
                .findOne();
    }

    /** Wakes a lane for that time; false when its mailbox is gone. */
    public static boolean wake(Handle handle, UUID workspaceId, UUID mailboxId, Instant dueAt) {
        return handle.createUpdate(WAKE)
                        .bind("workspace", workspaceId)
                        .bind("mailbox", mailboxId)
                        .bind("due_at", dueAt.atOffset(ZoneOffset.UTC))
                        .execute()
                == 1;
    }

    /** False when it is scheduled no more. Its Date moves along. */
    public static boolean move(
            Handle handle, UUID workspaceId, UUID id, Instant dueAt, Duration patience) {
        record Moved(Instant dueAt, boolean dated) {}
        var moved =
                handle.createQuery(MOVE)
                        .bind("workspace", workspaceId)
                        .bind("id", id)
                        .bind("due_at", dueAt.atOffset(ZoneOffset.UTC))
                        .bind("patience", patience.toString())
                        .map((row, _) ->
                                new Moved(
                                        row.getObject("due_at", OffsetDateTime.class).toInstant(),
                                        row.getBoolean("dated")))
                        .findOne();
        moved.filter(Moved::dated).ifPresent(email -> date(handle, workspaceId, id, email.dueAt()));
        return moved.isPresent();
    }

    private static void date(Handle handle, UUID workspaceId, UUID id, Instant dueAt) {
        var beginning =
                handle.createQuery(BEGINNING)
                        .bind("longest", DateHeader.LONGEST)
                        .bind("workspace", workspaceId)
                        .bind("id", id)
                        .mapTo(byte[].class)
                        .one();
        handle.createUpdate(DATE)
                .bind("line", DateHeader.of(dueAt))
                .bind("behind", DateHeader.length(beginning) + 1)
                .bind("workspace", workspaceId)
                .bind("id", id)
                .execute();
    }

    /** How it ended; empty when an attempt is begun, or it has come to its end before. */
    static Optional<CanceledEmail> cancel(Handle handle, UUID workspaceId, UUID id) {
        var _ =
                handle.createQuery(LOCK)
                        .bind("workspace", workspaceId)
                        .bind("id", id)
                        .mapTo(Integer.class)
                        .findOne();
        return handle.createQuery(CANCEL)
                .bind("workspace", workspaceId)
                .bind("id", id)
                .bind("reason", CANCELED)
                .map((row, _) -> CanceledEmail.of(new EmailKey(workspaceId, id), row))
                .findOne();
    }

    /** False when it came to no bad end. */
    public static boolean retry(Handle handle, UUID workspaceId, UUID id, Duration patience) {
        var retried =
                handle.createUpdate(RETRY)
                                .bind("workspace", workspaceId)
                                .bind("id", id)
                                .bind("patience", patience.toString())
                                .execute()
                        == 1;
        if (retried) {
            handle.createUpdate(REOPEN_RECIPIENTS)
                    .bind("workspace", workspaceId)
                    .bind("id", id)
                    .execute();
        }
        return retried;
    }
}
