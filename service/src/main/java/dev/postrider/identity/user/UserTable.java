package dev.postrider.identity.user;

import dev.postrider.identity.Role;
import dev.postrider.page.Keyset;
import dev.postrider.page.Page;
import dev.postrider.postgres.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** A workspace's users, as its admins see and change them. */
public final class UserTable {
    static final int MAX_OF_WORKSPACE = 10_000;

    private static final String INSERT =
            """
            insert into user_account (workspace_id, id, email, password_hash, role)
            values (:workspace, :id, :email, :hash, :role)
            on conflict do nothing
            returning *
            """;

    private static final String INSERT_EXTERNAL =
            """
            insert into user_account (workspace_id, id, external_id, role)
            values (:workspace, :id, :external, 'member')
            on conflict (workspace_id, external_id) do nothing
            returning *
            """;

    private static final String FIND_EXTERNAL =
            """
            select *
            from user_account
            where workspace_id = :workspace
              and external_id = :external
            """;

    private static final String NAMES =
            """
            select id, email, external_id
            from user_account
            where workspace_id = :workspace
              and id in (select * from unnest(:users))
            """;

    /** Of those who are made at once a few may get past it. */
    private static final String IS_FULL =
            """
            select count(*) >= :max
            from user_account
            where workspace_id = :workspace
            """;

    private static final String FIND =
            """
            select *
            from user_account
            where workspace_id = :workspace
              and id = :id
            """;

    private static final String PAGE =
            """
            select *
            from user_account
            where workspace_id = :workspace
              and (cast(:external as text) is null or external_id = :external)
              and (cast(:can_sign_in as boolean) is null or (email is not null) = :can_sign_in)
              and not exists (
                  select
                  from unnest(:words) as word
                  where strpos(lower(concat_ws(' ', email, external_id)), word) = 0
              )
              and id > :above
              and id < :below
            order by id desc
            limit :rows
            """;

    /** Whoever would take the last owner away waits here for others who would too. */
    private static final String LOCK_OWNERS =
            """
            select id
            from user_account
            where workspace_id = :workspace
              and role = 'owner'
              and deactivated_at is null
            order by id
            for update
            """;

    private static final String CHANGE =
            """
            update user_account
            set role = :role,
                deactivated_at = case when :active then null else coalesce(deactivated_at, :now) end
            where workspace_id = :workspace
              and id = :id
            returning *
            """;

    private static final String DELETE =
            """
            delete from user_account
            where workspace_id = :workspace
              and id = :id
            """;

    private UserTable() {}

    /** Empty when the email is taken, in this workspace or another. */
    public static Optional<User> insert(
            Handle handle,
            UUID workspace,
            UUID id,
            String email,
            Optional<String> hash,
            Role role) {
        return handle.createQuery(INSERT)
                .bind("workspace", workspace)
                .bind("id", id)
                .bind("email", email)
                .bind("hash", hash)
                .bind("role", role.code())
                .map((row, _) -> user(row))
                .findOne();
    }

    /** Whether a workspace has as many users as it may. */
    public static boolean isFull(Handle handle, UUID workspace) {
        return handle.createQuery(IS_FULL)
                .bind("workspace", workspace)
                .bind("max", MAX_OF_WORKSPACE)
                .mapTo(boolean.class)
                .one();
    }

    public static Optional<User> find(Handle handle, UUID workspace, UUID id) {
        return handle.createQuery(FIND)
                .bind("workspace", workspace)
                .bind("id", id)
                .map((row, _) -> user(row))
                .findOne();
    }

    /** Makes an application's own user; empty when there is one of that name already. */
    static Optional<User> insertExternal(
            Handle handle, UUID workspace, UUID id, String externalId) {
        return handle.createQuery(INSERT_EXTERNAL)
                .bind("workspace", workspace)
                .bind("id", id)
                .bind("external", externalId)
                .map((row, _) -> user(row))
                .findOne();
    }

    static Optional<User> findExternal(Handle handle, UUID workspace, String externalId) {
        return handle.createQuery(FIND_EXTERNAL)
                .bind("workspace", workspace)
                .bind("external", externalId)
                .map((row, _) -> user(row))
                .findOne();
    }

    static Map<UUID, UserNames> names(Handle handle, UUID workspace, List<UUID> users) {
        return handle
                .createQuery(NAMES)
                .bind("workspace", workspace)
                .bind("users", Column.of(users, UUID.class, Function.identity()))
                .map((row, _) ->
                        Map.entry(
                                row.getObject("id", UUID.class),
                                new UserNames(
                                        Optional.ofNullable(row.getString("email")),
                                        Optional.ofNullable(row.getString("external_id")))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    static Page.Items<User> list(Handle handle, UUID workspace, ListedUsers which, Page page) {
        return Keyset.of(page)
                .read(
                        handle,
                        PAGE,
                        query ->
                                query.bind("workspace", workspace)
                                        .bind("external", which.externalId())
                                        .bind("can_sign_in", which.canSignIn())
                                        .bind(
                                                "words",
                                                Column.of(
                                                        which.words(),
                                                        String.class,
                                                        Function.identity())),
                        (row, _) -> user(row));
    }

    /** The owners who are in, locked until the transaction ends. */
    public static List<UUID> lockOwners(Handle handle, UUID workspace) {
        return handle.createQuery(LOCK_OWNERS)
                .bind("workspace", workspace)
                .mapTo(UUID.class)
                .list();
    }

    static Optional<User> change(
            Handle handle, UUID workspace, UUID id, Role role, boolean active, Instant now) {
        return handle.createQuery(CHANGE)
                .bind("workspace", workspace)
                .bind("id", id)
                .bind("role", role.code())
                .bind("active", active)
                .bind("now", now)
                .map((row, _) -> user(row))
                .findOne();
    }

    public static void delete(Handle handle, UUID workspace, UUID id) {
        handle.createUpdate(DELETE).bind("workspace", workspace).bind("id", id).execute();
    }

    private static User user(ResultSet row) throws SQLException {
        return new User(
                row.getObject("workspace_id", UUID.class),
                row.getObject("id", UUID.class),
                Optional.ofNullable(row.getString("email")),
                Optional.ofNullable(row.getString("external_id")),
                Role.of(row.getString("role")),
                row.getString("password_hash") != null,
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("deactivated_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}
