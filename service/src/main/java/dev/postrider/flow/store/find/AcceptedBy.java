package dev.postrider.flow.store.find;

import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Who sent an email, as they are called now; without a name when they are gone.
 *
 * @param key the API key that it came with; empty after a login
 */
public record AcceptedBy(
        Optional<UUID> user,
        Optional<String> userName,
        Optional<UUID> key,
        Optional<String> keyName) {
    private static final String FIND =
            """
            select email.user_id, coalesce(account.email, account.external_id) as user_name,
                   email.key_id, api_key.name as key_name
            from email
            left join lateral (select email, external_id
                               from user_account
                               where workspace_id = email.workspace_id
                                 and id = email.user_id
                               limit 1) as account on true
            left join lateral (select name
                               from api_key
                               where workspace_id = email.workspace_id
                                 and id = email.key_id
                               limit 1) as api_key on true
            where email.workspace_id = :workspace
              and email.id = :id
            """;

    static AcceptedBy of(Handle handle, UUID workspace, UUID id) {
        return handle.createQuery(FIND)
                .bind("workspace", workspace)
                .bind("id", id)
                .map((row, _) ->
                        new AcceptedBy(
                                Optional.ofNullable(row.getObject("user_id", UUID.class)),
                                Optional.ofNullable(row.getString("user_name")),
                                Optional.ofNullable(row.getObject("key_id", UUID.class)),
                                Optional.ofNullable(row.getString("key_name"))))
                .one();
    }
}
