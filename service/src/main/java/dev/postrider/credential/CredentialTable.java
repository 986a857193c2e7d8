package dev.postrider.credential;

import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Writes mailboxes' secrets, sealed. They are read together with their mailbox's settings. */
public final class CredentialTable {
    /**
     * A row of its own, so that a new secret, of a grant that was refreshed for instance, is no
     * change of the mailbox: it ends no round of the worker and refuses nobody's edit.
     */
    private static final String PUT =
            """
            insert into credential (workspace_id, mailbox_id, kind, secret)
            values (:workspace, :mailbox, :kind, :secret)
            on conflict (workspace_id, mailbox_id) do update
            set kind = excluded.kind,
                secret = excluded.secret,
                version = default,
                updated_at = now()
            """;

    private CredentialTable() {}

    /**
     * Puts a secret in the place of the one there is.
     *
     * @param kind {@code password} or {@code oauth}
     */
    public static void put(
            Handle handle, UUID workspaceId, UUID mailboxId, String kind, byte[] sealed) {
        handle.createUpdate(PUT)
                .bind("workspace", workspaceId)
                .bind("mailbox", mailboxId)
                .bind("kind", kind)
                .bind("secret", sealed)
                .execute();
    }
}
