package dev.postrider.flow.store;

import dev.postrider.postgres.Column;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Deletes emails that this transaction has inserted for a mailbox that has gone meanwhile: nobody
 * would ever send them.
 */
public final class DeleteOrphans {
    private static final String DELETE =
            """
            with orphans as (
                select *
                from unnest(:workspaces, :ids) as orphans(workspace_id, id)
            ),
            contents as (
                delete from email_content
                using orphans
                where email_content.workspace_id = orphans.workspace_id
                  and email_content.email_id = orphans.id
            ),
            recipients as (
                delete from recipient
                using orphans
                where recipient.workspace_id = orphans.workspace_id
                  and recipient.email_id = orphans.id
            ),
            tags as (
                delete from email_tag
                where ctid = any (array(
                    select found.ctid
                    from orphans
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
            using orphans
            where email.workspace_id = orphans.workspace_id
              and email.id = orphans.id
            """;

    private DeleteOrphans() {}

    public static void in(Handle handle, List<NewEmail> orphans) {
        if (orphans.isEmpty()) {
            return;
        }
        handle.createUpdate(DELETE)
                .bind("workspaces", Column.of(orphans, UUID.class, one -> one.key().workspaceId()))
                .bind("ids", Column.of(orphans, UUID.class, one -> one.key().id()))
                .execute();
    }
}
