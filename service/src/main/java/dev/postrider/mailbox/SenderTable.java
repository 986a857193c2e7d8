package dev.postrider.mailbox;

import dev.postrider.identity.Caller;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Finds the mailbox that a From names. */
final class SenderTable {
    private static final String SENDING_AS =
            """
            select *
            from mailbox
            where workspace_id = :workspace
              and lower(address) = lower(:address)
              and (cast(:only_user as uuid) is null or user_id = :only_user or user_id is null)
              and (cast(:only_mailbox as uuid) is null or id = :only_mailbox)
            order by user_id is not distinct from :user desc, user_id is null desc, id
            limit 1
            """;

    private SenderTable() {}

    static Optional<Mailbox> find(Handle handle, Caller caller, String address) {
        return handle.createQuery(SENDING_AS)
                .bind("workspace", caller.workspaceId())
                .bind("address", address)
                .bind("only_user", caller.onlyUser())
                .bind("only_mailbox", caller.onlyMailbox())
                .bind("user", caller.userId())
                .map((row, _) -> MailboxRow.read(row))
                .findOne();
    }
}
