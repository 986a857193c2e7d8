package dev.postrider.flow.store;

import dev.postrider.email.EmailKey;
import dev.postrider.event.EventType;
import dev.postrider.event.Happened;
import dev.postrider.mailbox.QueuedMail;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The mail of a mailbox that is removed: none is left behind that nobody would send. */
@Singleton
public final class MailOfMailbox implements QueuedMail {
    private static final String CANCEL_WAITING =
            """
            update email
            set state = 'canceled',
                reason = :reason,
                due_at = null,
                finished_at = now()
            where workspace_id = :workspace
              and mailbox_id = :mailbox
              and due_at is not null
              and state in ('scheduled', 'queued')
            returning id
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
                        .mapTo(UUID.class)
                        .list();
        RecordEvents.insert(
                handle,
                canceled.stream()
                        .map(email -> new EmailKey(workspaceId, email))
                        .map(email -> Happened.now(email, EventType.EMAIL_CANCELED, reason))
                        .toList());
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
