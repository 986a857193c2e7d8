package dev.postrider.credential.grant;

import dev.postrider.credential.provider.Provider;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Is told what becomes of grants and of the apps that they were given to, in the transaction that
 * makes it true; each thing once, whichever node finds it out.
 */
public interface GrantListener {
    /**
     * A grant has ended: its mailbox is to be held.
     *
     * @param version the credential's that it had, for another may be there by now
     * @param code stable, for programs
     * @param reason what happened and what to do, for the mailbox's user
     */
    void ended(
            Handle handle,
            UUID workspaceId,
            UUID mailboxId,
            long version,
            String code,
            String reason);

    /** A grant that was given for a time ends soon. */
    void expiring(Handle handle, UUID workspaceId, UUID mailboxId, Instant endsAt);

    /** An app is refused; all its mailboxes rest. */
    void appFailing(Handle handle, Provider provider, String app, String problem);

    /** An app is accepted again: its mailboxes go on. */
    void appRecovered(Handle handle, Provider provider, String app);
}
