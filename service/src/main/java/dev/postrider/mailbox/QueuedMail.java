package dev.postrider.mailbox;

import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The mail that mailboxes have still to send, for whoever removes one. */
public interface QueuedMail {
    /** Cancels what waits; what is being sent never is. */
    void cancel(Handle handle, UUID workspaceId, UUID mailboxId, String reason);

    /** Whether anything waits or is being sent. */
    boolean isLeft(Handle handle, UUID workspaceId, UUID mailboxId);
}
