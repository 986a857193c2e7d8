package dev.postrider.mailbox;

import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Changes of state that are no edits: the flow holds mailboxes, users and good news release them.
 */
final class ChangeMailboxState {
    /** A mailbox that is held keeps its first reason; one that is paused stays so. */
    private static final String HOLD =
            """
            update mailbox
            set state = 'held',
                reason = :reason,
                reason_code = :code,
                state_since = now(),
                updated_at = now()
            where workspace_id = :workspace
              and id = :id
              and state = 'active'
              and (cast(:settings as jsonb) is null
                   or (settings = cast(:settings as jsonb)
                       and :version = coalesce((select credential.version
                                                from credential
                                                where credential.workspace_id = :workspace
                                                  and credential.mailbox_id = :id), 0)))
            """;

    private static final String HOLD_UNTIL_RECONNECTED =
            """
            update mailbox
            set state = 'held',
                reason = :reason,
                reason_code = :code,
                state_since = now(),
                updated_at = now()
            where workspace_id = :workspace
              and id = :id
              and state = 'active'
              and :version = (select credential.version
                              from credential
                              where credential.workspace_id = :workspace
                                and credential.mailbox_id = :id)
            """;

    private static final String RELEASE =
            """
            update mailbox
            set state = 'active',
                reason = null,
                reason_code = null,
                state_since = now(),
                updated_at = now()
            from (select workspace_id, id, state
                  from mailbox
                  where workspace_id = :workspace
                    and id = :id
                    and state <> 'active'
                  for no key update) as before
            where mailbox.workspace_id = before.workspace_id
              and mailbox.id = before.id
            returning before.state
            """;

    private static final String WAKE =
            """
            update wake
            set due_at = now(),
                count = count + 1
            where workspace_id = :workspace
              and mailbox_id = :mailbox
            """;

    private ChangeMailboxState() {}

    /**
     * Holds an active mailbox.
     *
     * @param seen what was refused; empty holds it however its login has changed since
     */
    static boolean hold(
            Handle handle,
            UUID workspaceId,
            UUID id,
            Optional<LoadedMailbox> seen,
            HoldReason reason) {
        return handle.createUpdate(HOLD)
                        .bind("workspace", workspaceId)
                        .bind("id", id)
                        .bind(
                                "settings",
                                seen.map(each -> each.mailbox().transport().stored().toString()))
                        .bind("version", seen.map(LoadedMailbox::credentialVersion).orElse(0L))
                        .bind("reason", reason.text())
                        .bind("code", reason.code())
                        .execute()
                == 1;
    }

    /**
     * Holds an active mailbox whose grant has ended.
     *
     * @param version the credential's that was refused; a mailbox with another one goes on
     */
    static boolean hold(Handle handle, UUID workspaceId, UUID id, long version, HoldReason reason) {
        return handle.createUpdate(HOLD_UNTIL_RECONNECTED)
                        .bind("workspace", workspaceId)
                        .bind("id", id)
                        .bind("version", version)
                        .bind("reason", reason.text())
                        .bind("code", reason.code())
                        .execute()
                == 1;
    }

    /**
     * Lets a mailbox send again, and wakes its lane.
     *
     * @return what it was before; empty when it was active, or is gone
     */
    static Optional<String> release(Handle handle, UUID workspaceId, UUID id) {
        var before =
                handle.createQuery(RELEASE)
                        .bind("workspace", workspaceId)
                        .bind("id", id)
                        .mapTo(String.class)
                        .findOne();
        if (before.isPresent()) {
            wake(handle, workspaceId, id);
        }
        return before;
    }

    static void wake(Handle handle, UUID workspaceId, UUID id) {
        handle.createUpdate(WAKE).bind("workspace", workspaceId).bind("mailbox", id).execute();
    }
}
