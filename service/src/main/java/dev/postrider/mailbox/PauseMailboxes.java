package dev.postrider.mailbox;

import dev.postrider.email.LaneKey;
import org.jdbi.v3.core.Handle;

/** Pauses mailboxes on the operator's word. */
public final class PauseMailboxes {
    /** A held one too: it would send as soon as its login works. */
    private static final String PAUSE =
            """
            update mailbox
            set state = 'paused',
                reason = :reason,
                reason_code = null,
                state_since = now(),
                updated_at = now()
            where workspace_id = :workspace
              and id = :id
              and state <> 'paused'
            """;

    private PauseMailboxes() {}

    /**
     * Pauses one.
     *
     * @param reason for people
     * @return false when it was paused, and keeps its reason
     */
    public static boolean pause(Handle handle, LaneKey mailbox, String reason) {
        return handle.createUpdate(PAUSE)
                        .bind("workspace", mailbox.workspaceId())
                        .bind("id", mailbox.mailboxId())
                        .bind("reason", reason)
                        .execute()
                == 1;
    }
}
