package dev.postrider.event;

import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Tells webhooks what happens to mailboxes. */
public interface MailboxEvents {
    /** Nobody is told. */
    MailboxEvents NONE = (_, _, _, _) -> {};

    /**
     * Writes down that something has happened, to be told when the transaction is committed; what
     * no webhook of the workspace wants leaves no trace.
     *
     * @param handle of the transaction that makes it true; the mailbox is read as it is in it
     */
    void tell(Handle handle, UUID workspaceId, UUID mailboxId, MailboxEvent event);
}
