package dev.postrider.credential.grant;

import dev.postrider.postgres.Column;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What is known of many mailboxes' grants, without their tokens. */
public final class FindGrants {
    private static final String FIND =
            """
            select oauth_grant.*, provider_app_fault.problem as app_problem
            from unnest(:mailboxes) as asked (id)
            cross join lateral (
                select *
                from oauth_grant
                where workspace_id = :workspace
                  and mailbox_id = asked.id
                limit 1
            ) as oauth_grant
            left join provider_app_fault
              on provider_app_fault.provider = oauth_grant.provider
             and provider_app_fault.app = oauth_grant.app
             and provider_app_fault.failing_since is not null
            """;

    private FindGrants() {}

    /** By their mailboxes, without those that have none. */
    public static Map<UUID, GrantInfo> of(Handle handle, UUID workspaceId, List<UUID> mailboxes) {
        return handle
                .createQuery(FIND)
                .bind("workspace", workspaceId)
                .bind("mailboxes", Column.of(mailboxes, UUID.class, Function.identity()))
                .map((row, _) ->
                        Map.entry(
                                row.getObject("mailbox_id", UUID.class),
                                GrantRow.info(row)
                                        .atFault(
                                                Optional.ofNullable(row.getString("app_problem")))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
