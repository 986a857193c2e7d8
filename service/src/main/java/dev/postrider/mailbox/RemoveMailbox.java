package dev.postrider.mailbox;

import dev.postrider.credential.grant.LeavingGrants;
import dev.postrider.event.MailboxEvent;
import dev.postrider.event.MailboxEvents;
import dev.postrider.mailbox.health.QueuedMail;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Removes a mailbox without leaving mail behind that nobody would send. */
final class RemoveMailbox {
    /**
     * In the order in which others take them. Whoever queues mail updates the wake: either it is
     * queued before, and found below, or it finds no wake. The mailbox's own row is left to the
     * foreign keys that refer to it: whoever holds the lane and counts what it sends needs it, and
     * would wait for us while we wait for the lane.
     */
    private static final String LOCK =
            """
            select 1
            from mailbox
            join lane on lane.workspace_id = mailbox.workspace_id and lane.mailbox_id = mailbox.id
            join wake on wake.workspace_id = mailbox.workspace_id and wake.mailbox_id = mailbox.id
            where mailbox.workspace_id = :workspace
              and mailbox.id = :mailbox
            for no key update of mailbox
            for update of lane, wake
            """;

    private static final String DELETE =
            """
            delete from mailbox
            where workspace_id = :workspace
              and id = :mailbox
            """;

    private static final String REMOVED = "Its mailbox was removed.";

    private RemoveMailbox() {}

    /**
     * @param cancelWaiting whether mail that waits is canceled; what is being sent never is
     */
    static Removal remove(
            Handle handle,
            QueuedMail mail,
            MailboxEvents events,
            UUID workspaceId,
            UUID id,
            boolean cancelWaiting) {
        var locked =
                handle.createQuery(LOCK)
                        .bind("workspace", workspaceId)
                        .bind("mailbox", id)
                        .mapTo(Integer.class)
                        .findOne();
        if (locked.isEmpty()) {
            return Removal.NOT_FOUND;
        }
        if (cancelWaiting) {
            mail.cancel(handle, workspaceId, id, REMOVED);
        }
        if (mail.isLeft(handle, workspaceId, id)) {
            return Removal.HAS_MAIL;
        }
        events.tell(handle, workspaceId, id, new MailboxEvent.Removed());
        LeavingGrants.keep(handle, workspaceId, id);
        handle.createUpdate(DELETE).bind("workspace", workspaceId).bind("mailbox", id).execute();
        return Removal.REMOVED;
    }
}
