package dev.postrider.mailbox.domain;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Reads the domains that mailboxes have. */
public final class DomainTable {
    private static final String LIST =
            """
            select substring(lower(address) from '[^@]*$') as name,
                   min(created_at) as created_at,
                   bool_or(state = 'active') as sends
            from mailbox
            where workspace_id = :workspace
              and (cast(:user as uuid) is null or user_id = :user)
              and (cast(:mailbox as uuid) is null or id = :mailbox)
            group by name
            order by min(created_at) desc, name
            """;

    private DomainTable() {}

    public static List<Domain> list(
            Handle handle, UUID workspaceId, Optional<UUID> user, Optional<UUID> mailbox) {
        return handle.createQuery(LIST)
                .bind("workspace", workspaceId)
                .bind("user", user)
                .bind("mailbox", mailbox)
                .map((row, _) ->
                        new Domain(
                                workspaceId,
                                row.getString("name"),
                                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                                row.getBoolean("sends")))
                .list();
    }
}
