package dev.postrider.notice;

import dev.postrider.mailbox.notify.OwnerNotices;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Who writes to whom.
 *
 * @param workspace its name
 * @param language of the workspace
 * @param senderId the workspace's notification mailbox
 * @param userId whose email it is
 * @param recipient the owner's address
 */
record Correspondence(
        String workspace,
        Locale language,
        UUID senderId,
        String senderAddress,
        UUID userId,
        String recipient) {
    /**
     * A user of an application has no login: then the mailbox's own address, which can receive.
     * What belongs to the whole workspace is its oldest owner's.
     */
    private static final String FIND =
            """
            select workspace.name, workspace.language, sender.id as sender_id,
                   sender.address as sender_address, owner.id as user_id,
                   coalesce(owner.email, mailbox.address) as recipient
            from mailbox
            join workspace
              on workspace.id = mailbox.workspace_id
            join mailbox as sender
              on sender.workspace_id = mailbox.workspace_id
             and sender.id = workspace.notification_mailbox_id
             and sender.id <> mailbox.id
            cross join lateral (
                select id, email
                from user_account
                where workspace_id = mailbox.workspace_id
                  and (id = mailbox.user_id
                       or mailbox.user_id is null and role = 'owner')
                  and deactivated_at is null
                order by id
                limit 1
            ) as owner
            where mailbox.workspace_id = :workspace
              and mailbox.id = :mailbox
            """;

    /** Empty when the notification mailbox is gone by now, or nobody is there to be told. */
    static Optional<Correspondence> find(Handle handle, OwnerNotices.Notice notice) {
        return handle.createQuery(FIND)
                .bind("workspace", notice.workspaceId())
                .bind("mailbox", notice.mailboxId())
                .map((row, _) ->
                        new Correspondence(
                                row.getString("name"),
                                Locale.of(row.getString("language")),
                                row.getObject("sender_id", UUID.class),
                                row.getString("sender_address"),
                                row.getObject("user_id", UUID.class),
                                row.getString("recipient")))
                .findOne();
    }
}
