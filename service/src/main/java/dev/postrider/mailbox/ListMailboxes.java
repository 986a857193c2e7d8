package dev.postrider.mailbox;

import dev.postrider.mailbox.health.WorkspaceMailboxes;
import dev.postrider.page.Keyset;
import dev.postrider.page.Page;
import dev.postrider.postgres.Column;
import dev.postrider.transport.Kinds;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Lists the mailboxes of a workspace, and counts them by how they are. */
final class ListMailboxes {
    private static final String PAGE =
            """
            select *
            from mailbox
            where workspace_id = :workspace
              and (cast(:user as uuid) is null or user_id = :user)
              and (:any_state or state in (select * from unnest(:states)))
              and (cast(:provider as text) is null or provider = :provider)
              and not exists (
                  select
                  from unnest(:words) as word
                  where strpos(lower(concat_ws(' ', address, display_name)), word) = 0
              )
              and (not :need_attention
                   or state = 'held'
                   or (state = 'active' and exists (
                       select
                       from lane
                       where lane.workspace_id = mailbox.workspace_id
                         and lane.mailbox_id = mailbox.id
                         and lane.rests_until > now()
                   )))
              and id > :above
              and id < :below
            order by id desc
            limit :rows
            """;

    private static final String COUNT =
            """
            select count(*) filter (where mailbox.state = 'active') as active,
                   count(*) filter (where mailbox.state = 'held') as held,
                   count(*) filter (where mailbox.state = 'paused') as paused,
                   count(*) filter (where mailbox.state = 'active' and lane.rests_until > now()) as resting
            from mailbox
            join lane
              on lane.workspace_id = mailbox.workspace_id
             and lane.mailbox_id = mailbox.id
            where mailbox.workspace_id = :workspace
              and (cast(:user as uuid) is null or mailbox.user_id = :user)
            """;

    private ListMailboxes() {}

    static Page.Items<Mailbox> page(
            Handle handle, UUID workspaceId, MailboxFilter filter, Page page, Kinds kinds) {
        return Keyset.of(page)
                .read(
                        handle,
                        PAGE,
                        query ->
                                query.bind("workspace", workspaceId)
                                        .bind("user", filter.user())
                                        .bind("any_state", filter.states().isEmpty())
                                        .bind(
                                                "states",
                                                Column.of(
                                                        filter.states(),
                                                        String.class,
                                                        Function.identity()))
                                        .bind("provider", filter.provider())
                                        .bind(
                                                "words",
                                                Column.of(
                                                        filter.words(),
                                                        String.class,
                                                        Function.identity()))
                                        .bind("need_attention", filter.needAttention()),
                        (row, _) -> MailboxRow.read(row, kinds));
    }

    /**
     * @param user whose; empty for the whole workspace's
     */
    static WorkspaceMailboxes count(Handle handle, UUID workspaceId, Optional<UUID> user) {
        return handle.createQuery(COUNT)
                .bind("workspace", workspaceId)
                .bind("user", user)
                .map((row, _) ->
                        new WorkspaceMailboxes(
                                row.getLong("active"),
                                row.getLong("held"),
                                row.getLong("paused"),
                                row.getLong("resting")))
                .one();
    }
}
