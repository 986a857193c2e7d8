package dev.postrider.mailbox;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Changes of state that are no edits: the flow holds mailboxes, users and good news release them.
 */
final class StateTable {
    /** A mailbox that is held keeps its first reason; one that is paused stays so. */
    private static final String HOLD =
            """
            update mailbox
            set state = 'held',
                reason = :reason,
                updated_at = now()
            where workspace_id = :workspace
              and id = :id
              and state = 'active'
              and (cast(:seen as timestamptz) is null or updated_at = :seen)
            """;

    private static final String RELEASE =
            """
            update mailbox
            set state = 'active',
                reason = null,
                updated_at = now()
            where workspace_id = :workspace
              and id = :id
              and state <> 'active'
            """;

    private static final String WAKE =
            """
            update wake
            set due_at = now(),
                count = count + 1
            where workspace_id = :workspace
              and mailbox_id = :mailbox
            """;

    private StateTable() {}

    /**
     * Holds an active mailbox.
     *
     * @param seen when it had last changed; empty holds it however it has changed since
     */
    static boolean hold(
            Handle handle, UUID workspaceId, UUID id, Optional<Instant> seen, String reason) {
        return handle.createUpdate(HOLD)
                        .bind("workspace", workspaceId)
                        .bind("id", id)
                        .bind("seen", seen.map(StateTable::atUtc))
                        .bind("reason", reason)
                        .execute()
                == 1;
    }

    /** Lets a mailbox send again, and wakes its lane. */
    static boolean release(Handle handle, UUID workspaceId, UUID id) {
        var released =
                handle.createUpdate(RELEASE).bind("workspace", workspaceId).bind("id", id).execute()
                        == 1;
        if (released) {
            wake(handle, workspaceId, id);
        }
        return released;
    }

    static void wake(Handle handle, UUID workspaceId, UUID id) {
        handle.createUpdate(WAKE).bind("workspace", workspaceId).bind("mailbox", id).execute();
    }

    private static OffsetDateTime atUtc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
