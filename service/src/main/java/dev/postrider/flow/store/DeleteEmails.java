package dev.postrider.flow.store;

import dev.postrider.email.EmailKey;
import dev.postrider.postgres.Column;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Deletes emails that were never attempted: the first attempt's caller was told that it isn't kept,
 * or the mailbox has gone in the same moment (orphans).
 */
public final class DeleteEmails {
    private static final String DELETE =
            """
            with deleted as (
                select *
                from unnest(:workspaces, :ids) as deleted(workspace_id, id)
            ),
            contents as (
                delete from email_content
                using deleted
                where email_content.workspace_id = deleted.workspace_id
                  and email_content.email_id = deleted.id
            ),
            parsed as (
                delete from email_parsed
                using deleted
                where email_parsed.workspace_id = deleted.workspace_id
                  and email_parsed.email_id = deleted.id
            ),
            recipients as (
                delete from recipient
                using deleted
                where recipient.workspace_id = deleted.workspace_id
                  and recipient.email_id = deleted.id
            ),
            searches as (
                delete from email_search
                using deleted
                where email_search.workspace_id = deleted.workspace_id
                  and email_search.email_id = deleted.id
            ),
            tags as (
                delete from email_tag
                where ctid = any (array(
                    select found.ctid
                    from deleted
                    join email using (workspace_id, id)
                    cross join lateral jsonb_each_text(email.tags) as tag
                    cross join lateral (select ctid
                                        from email_tag
                                        where workspace_id = email.workspace_id
                                          and name = tag.key
                                          and value = tag.value
                                          and email_id = email.id
                                        limit 1) as found))
            )
            delete from email
            using deleted
            where email.workspace_id = deleted.workspace_id
              and email.id = deleted.id
            """;

    private DeleteEmails() {}

    public static void in(Handle handle, List<EmailKey> emails) {
        if (emails.isEmpty()) {
            return;
        }
        handle.createUpdate(DELETE)
                .bind("workspaces", Column.of(emails, UUID.class, EmailKey::workspaceId))
                .bind("ids", Column.of(emails, UUID.class, EmailKey::id))
                .execute();
    }
}
