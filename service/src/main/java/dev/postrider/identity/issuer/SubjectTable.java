package dev.postrider.identity.issuer;

import static java.util.stream.Collectors.toMap;

import dev.postrider.identity.Caller;
import dev.postrider.identity.Role;
import dev.postrider.identity.login.FindLogin;
import dev.postrider.identity.user.UserTable;
import dev.postrider.postgres.Column;
import dev.postrider.postgres.NewId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Which user an issuer's subject is. */
final class SubjectTable {
    private static final String FIND =
            """
            select asked.issuer, asked.subject, u.workspace_id, u.id, u.email, u.role,
                u.deactivated_at is null as is_active, w.external_name
            from unnest(:issuers, :subjects) as asked (issuer, subject)
            join external_subject s
              on s.issuer = asked.issuer
              and s.subject = asked.subject
            join user_account u
              on u.workspace_id = s.workspace_id
              and u.id = s.user_id
            join workspace w
              on w.id = u.workspace_id
            """;

    private static final String WORKSPACE =
            """
            select id
            from workspace
            where external_name = :name
            """;

    /** Of those who come first at once, all meet at the one row. */
    private static final String MAKE_WORKSPACE =
            """
            insert into workspace (id, name, external_name)
            values (:id, :name, :name)
            on conflict (external_name) do update
            set name = workspace.name
            returning id
            """;

    /** Nobody becomes a user of another workspace by their address. */
    private static final String LINK =
            """
            insert into external_subject (issuer, subject, workspace_id, user_id)
            select :issuer, :subject, workspace_id, id
            from user_account
            where workspace_id = :workspace
              and lower(email) = lower(:email)
              and deactivated_at is null
            on conflict (issuer, subject) do nothing
            """;

    private static final String SUBJECT =
            """
            insert into external_subject (issuer, subject, workspace_id, user_id)
            values (:issuer, :subject, :workspace, :user)
            on conflict (issuer, subject) do nothing
            """;

    private static final String SET_ROLE =
            """
            update user_account
            set role = :role
            where workspace_id = :workspace
              and id = :user
            """;

    private SubjectTable() {}

    record Key(String issuer, String subject) {}

    /** A user who is an issuer's subject. */
    record Known(Caller caller, boolean isActive, Optional<String> externalWorkspace) {}

    static Map<Key, Known> find(Handle handle, Set<Key> keys) {
        var asked = List.copyOf(keys);
        return handle
                .createQuery(FIND)
                .bind("issuers", Column.of(asked, String.class, Key::issuer))
                .bind("subjects", Column.of(asked, String.class, Key::subject))
                .map((row, _) ->
                        Map.entry(
                                new Key(row.getString("issuer"), row.getString("subject")),
                                new Known(
                                        FindLogin.caller(row),
                                        row.getBoolean("is_active"),
                                        Optional.ofNullable(row.getString("external_name")))))
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The workspace that an issuer calls so; empty when there is none and none may be made. */
    static Optional<UUID> workspace(Handle handle, String name, boolean mayMake) {
        var found = handle.createQuery(WORKSPACE).bind("name", name).mapTo(UUID.class).findOne();
        return found.isPresent() || !mayMake
                ? found
                : handle.createQuery(MAKE_WORKSPACE)
                        .bind("id", NewId.get())
                        .bind("name", name)
                        .mapTo(UUID.class)
                        .findOne();
    }

    /** Whether there was a user to link with. */
    static boolean link(Handle handle, Key key, UUID workspace, String email) {
        return handle.createUpdate(LINK)
                        .bind("issuer", key.issuer())
                        .bind("subject", key.subject())
                        .bind("workspace", workspace)
                        .bind("email", email)
                        .execute()
                == 1;
    }

    /** Makes a user; empty when somebody has that address already. */
    static Optional<UUID> create(Handle handle, Key key, UUID workspace, String email, Role role) {
        var id = NewId.get();
        var made = UserTable.insert(handle, workspace, id, email, Optional.empty(), role);
        if (made.isEmpty()) {
            return Optional.empty();
        }
        handle.createUpdate(SUBJECT)
                .bind("issuer", key.issuer())
                .bind("subject", key.subject())
                .bind("workspace", workspace)
                .bind("user", id)
                .execute();
        return Optional.of(id);
    }

    static int setRole(Handle handle, Caller user, Role role) {
        return handle.createUpdate(SET_ROLE)
                .bind("workspace", user.workspaceId())
                .bind("user", user.userId())
                .bind("role", role.code())
                .execute();
    }
}
