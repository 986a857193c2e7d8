package dev.postrider.identity.user;

import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What users have that outlives a change of them; each is done in the change's transaction. */
public interface OwnedMailboxes {
    /** Nothing more is sent through the user's mailboxes. */
    void pause(Handle handle, UUID workspaceId, UUID userId);

    /** What {@link #pause} did is undone. */
    void resume(Handle handle, UUID workspaceId, UUID userId);

    /** Whether a workspace has this one. */
    boolean isThere(Handle handle, UUID workspaceId, UUID mailboxId);

    /** Whether a user has any. */
    boolean exist(Handle handle, UUID workspaceId, UUID userId);

    /** They become the workspace's. */
    void keep(Handle handle, UUID workspaceId, UUID userId);

    /**
     * They go, and mail that waits in them is canceled.
     *
     * @return false when some mail is just being sent: try again
     */
    boolean remove(Handle handle, UUID workspaceId, UUID userId);

    /**
     * All mailboxes of a workspace go, and mail that waits in them is canceled.
     *
     * @return false when some mail is just being sent: try again
     */
    boolean removeAll(Handle handle, UUID workspaceId);
}
