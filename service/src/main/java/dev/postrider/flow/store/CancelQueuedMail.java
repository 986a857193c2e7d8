package dev.postrider.flow.store;

import dev.postrider.email.EmailKey;
import dev.postrider.mailbox.QueuedMail;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The mail of a mailbox that is removed: none is left behind that nobody would send. */
@Singleton
public final class CancelQueuedMail implements QueuedMail {
    /** Whoever removes a mailbox has locked its lane: no attempt is settled meanwhile. */
    private static final String CANCEL_WAITING =
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
                  and email.mailbox_id = :mailbox
                  and email.due_at is not null
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
                finished_at = now()
            from waiting
            where email.workspace_id = :workspace
              and email.id = waiting.id
            returning email.id, email.state, email.reason
            """;

    private static final String IS_LEFT =
            """
            select exists (
                select
                from email
                where workspace_id = :workspace
                  and mailbox_id = :mailbox
                  and due_at is not null
            )
            """;

    @Override
    public void cancel(Handle handle, UUID workspaceId, UUID mailboxId, String reason) {
        var canceled =
                handle.createQuery(CANCEL_WAITING)
                        .bind("workspace", workspaceId)
                        .bind("mailbox", mailboxId)
                        .bind("reason", reason)
                        .map((row, _) ->
                                CanceledEmail.of(
                                        new EmailKey(workspaceId, row.getObject("id", UUID.class)),
                                        row))
                        .list();
        EventOutbox.insert(handle, canceled.stream().flatMap(CanceledEmail::events).toList());
    }

    @Override
    public boolean isLeft(Handle handle, UUID workspaceId, UUID mailboxId) {
        return handle.createQuery(IS_LEFT)
                .bind("workspace", workspaceId)
                .bind("mailbox", mailboxId)
                .mapTo(Boolean.class)
                .one();
    }
}
