package dev.postrider.mailbox;

import dev.postrider.event.MailboxEvent;
import dev.postrider.event.MailboxEvents;
import dev.postrider.identity.user.OwnedMailboxes;
import dev.postrider.mailbox.health.QueuedMail;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What becomes of mailboxes when their user leaves or comes back. */
@Singleton
public final class UserMailboxes implements OwnedMailboxes {
    private static final String LEFT = "Its user is deactivated.";
    private static final MailboxEvent RESUMED = new MailboxEvent.Released("paused");

    /** Held ones too: nobody is there who could mend them. */
    private static final String PAUSE =
            """
            update mailbox
            set state = 'paused',
                reason = :reason,
                reason_code = null,
                state_since = now(),
                updated_at = now()
            where workspace_id = :workspace
              and user_id = :user
              and state <> 'paused'
            """;

    private static final String RESUME =
            """
            update mailbox
            set state = 'active',
                reason = null,
                state_since = now(),
                updated_at = now()
            where workspace_id = :workspace
              and user_id = :user
              and state = 'paused'
              and reason = :reason
            returning id
            """;

    private static final String OF_USER =
            """
            select id
            from mailbox
            where workspace_id = :workspace
              and user_id = :user
            order by id
            """;

    private static final String IS_THERE =
            """
            select exists (
                select
                from mailbox
                where workspace_id = :workspace
                  and id = :mailbox
            )
            """;

    private static final String OF_WORKSPACE =
            """
            select id
            from mailbox
            where workspace_id = :workspace
            order by id
            """;

    /** Paused because of who leaves, they go on: they are in others' hands now. */
    private static final String KEEP =
            """
            update mailbox
            set user_id = null,
                is_default = false,
                updated_at = now()
            where workspace_id = :workspace
              and user_id = :user
            """;

    @Override
    public void pause(Handle handle, UUID workspaceId, UUID userId) {
        handle.createUpdate(PAUSE)
                .bind("workspace", workspaceId)
                .bind("user", userId)
                .bind("reason", LEFT)
                .execute();
    }

    @Override
    public void resume(Handle handle, UUID workspaceId, UUID userId) {
        handle.createQuery(RESUME)
                .bind("workspace", workspaceId)
                .bind("user", userId)
                .bind("reason", LEFT)
                .mapTo(UUID.class)
                .list()
                .forEach(id -> {
                    ChangeMailboxState.wake(handle, workspaceId, id);
                    events.tell(handle, workspaceId, id, RESUMED);
                });
    }

    @Override
    public boolean isThere(Handle handle, UUID workspaceId, UUID mailboxId) {
        return handle.createQuery(IS_THERE)
                .bind("workspace", workspaceId)
                .bind("mailbox", mailboxId)
                .mapTo(Boolean.class)
                .one();
    }

    @Override
    public boolean exist(Handle handle, UUID workspaceId, UUID userId) {
        return !ids(handle, workspaceId, userId).isEmpty();
    }

    @Override
    public void keep(Handle handle, UUID workspaceId, UUID userId) {
        resume(handle, workspaceId, userId);
        handle.createUpdate(KEEP).bind("workspace", workspaceId).bind("user", userId).execute();
    }

    private final QueuedMail mail;
    private final MailboxEvents events;

    public UserMailboxes(QueuedMail mail, MailboxEvents events) {
        this.mail = mail;
        this.events = events;
    }

    @Override
    public boolean remove(Handle handle, UUID workspaceId, UUID userId) {
        return remove(handle, workspaceId, ids(handle, workspaceId, userId));
    }

    @Override
    public boolean removeAll(Handle handle, UUID workspaceId) {
        return remove(
                handle,
                workspaceId,
                handle.createQuery(OF_WORKSPACE)
                        .bind("workspace", workspaceId)
                        .mapTo(UUID.class)
                        .list());
    }

    private boolean remove(Handle handle, UUID workspaceId, List<UUID> mailboxes) {
        return mailboxes.stream()
                .map(id -> RemoveMailbox.remove(handle, mail, events, workspaceId, id, true))
                .allMatch(removal ->
                        switch (removal) {
                            case REMOVED, NOT_FOUND -> true;
                            case HAS_MAIL -> false;
                        });
    }

    private static List<UUID> ids(Handle handle, UUID workspaceId, UUID userId) {
        return handle.createQuery(OF_USER)
                .bind("workspace", workspaceId)
                .bind("user", userId)
                .mapTo(UUID.class)
                .list();
    }
}
