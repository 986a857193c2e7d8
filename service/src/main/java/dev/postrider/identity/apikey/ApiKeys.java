package dev.postrider.identity.apikey;

import dev.postrider.identity.ApiKey;
import dev.postrider.identity.Caller;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.login.FindLogin;
import dev.postrider.page.Keyset;
import dev.postrider.page.Page;
import dev.postrider.postgres.BatchStatement;
import dev.postrider.postgres.Database;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** API keys, found by their hashes when they are used, by their ids when they are managed. */
@Singleton
public record ApiKeys(Database database) {
    static final int MAX_OF_WORKSPACE = 1_000;

    /** The one look-up without a workspace: a hash is unique in the whole installation. */
    private static final String CALLER =
            """
            select k.hash, u.workspace_id, u.id, u.email, u.role, k.id as key_id, k.permission, k.mailbox_id,
                   k.per_second,
                   coalesce(k.last_used_at < now() - interval '1 minute', true) as is_stale
            from api_key k
            join user_account u on u.workspace_id = k.workspace_id and u.id = k.user_id
            where k.hash in (select * from unnest(:hashes))
              and u.deactivated_at is null
            """;

    private static final BatchStatement CALLERS = BatchStatement.of(CALLER);

    private static final String USED =
            """
            update api_key
            set last_used_at = now()
            where workspace_id = :workspace
              and id = :id
            """;

    /** Only for a mailbox that its maker may use. */
    private static final String INSERT =
            """
            insert into api_key
                (workspace_id, id, user_id, mailbox_id, name, permission, hash, per_second)
            select :workspace, :id, :user, :mailbox, :name, :permission, :hash, :per_second
            where cast(:mailbox as uuid) is null
               or exists (
                   select
                   from mailbox
                   where workspace_id = :workspace
                     and id = :mailbox
                     and (cast(:only_user as uuid) is null or user_id = :only_user or user_id is null)
               )
            """;

    private static final String PAGE =
            """
            select k.*,
                   (select email
                    from user_account u
                    where u.workspace_id = k.workspace_id
                      and u.id = k.user_id) as user_email,
                   (select address
                    from mailbox m
                    where m.workspace_id = k.workspace_id
                      and m.id = k.mailbox_id) as mailbox_address
            from api_key k
            where k.workspace_id = :workspace
              and (cast(:only_user as uuid) is null or k.user_id = :only_user)
              and k.id > :above
              and k.id < :below
            order by k.id desc
            limit :rows
            """;

    private static final String FIND =
            """
            select k.*,
                   (select email
                    from user_account u
                    where u.workspace_id = k.workspace_id
                      and u.id = k.user_id) as user_email,
                   (select address
                    from mailbox m
                    where m.workspace_id = k.workspace_id
                      and m.id = k.mailbox_id) as mailbox_address
            from api_key k
            where k.workspace_id = :workspace
              and k.id = :id
              and (cast(:only_user as uuid) is null or k.user_id = :only_user)
            """;

    private static final String IS_FULL =
            """
            select count(*) >= :max
            from api_key
            where workspace_id = :workspace
            """;

    /** What is absent stays. */
    private static final String CHANGE =
            """
            update api_key
            set name = coalesce(cast(:name as text), name),
                permission = coalesce(cast(:permission as text), permission),
                per_second = coalesce(cast(:per_second as integer), per_second)
            where workspace_id = :workspace
              and id = :id
              and (cast(:only_user as uuid) is null or user_id = :only_user)
            """;

    private static final String DELETE =
            """
            delete from api_key
            where workspace_id = :workspace
              and id = :id
              and (cast(:only_user as uuid) is null or user_id = :only_user)
            """;

    /**
     * A key as its owner sees it.
     *
     * @param userEmail its maker's; empty for who has none
     * @param mailboxAddress of the only mailbox that it may use
     */
    public record Listed(
            UUID id,
            UUID userId,
            Optional<String> userEmail,
            String name,
            ApiKey.Permission permission,
            Optional<UUID> mailboxId,
            Optional<String> mailboxAddress,
            int perSecond,
            Instant createdAt,
            Optional<Instant> lastUsedAt) {}

    /** What is asked of a new key. */
    public record NewKey(
            UUID id,
            String name,
            ApiKey.Permission permission,
            Optional<UUID> mailboxId,
            int perSecond) {}

    /**
     * Whom a key speaks for.
     *
     * @param isStale whether its last use is to be written down anew
     */
    record Used(Caller caller, boolean isStale) {}

    /** Those that are known and whose users haven't gone, by one query. */
    public Map<OpaqueToken, Used> used(Set<OpaqueToken> all) {
        record Found(ByteBuffer hash, Used used) {}
        var secrets = List.copyOf(all);
        var found =
                database
                        .read(handle ->
                                CALLERS.on(handle)
                                        .octets("hashes", secrets, OpaqueToken::hash)
                                        .list(row ->
                                                new Found(
                                                        ByteBuffer.wrap(row.getBytes("hash")),
                                                        new Used(
                                                                caller(row),
                                                                row.getBoolean("is_stale")))))
                        .stream()
                        .collect(Collectors.toMap(Found::hash, Found::used));
        var used = new HashMap<OpaqueToken, Used>();
        for (var secret : secrets) {
            var mine = found.get(ByteBuffer.wrap(secret.hash()));
            if (mine != null) {
                used.put(secret, mine);
            }
        }
        return used;
    }

    /** Writes down that a key is used now. */
    void touch(UUID workspaceId, UUID id) {
        database.inTransaction(handle ->
                handle.createUpdate(USED).bind("workspace", workspaceId).bind("id", id).execute());
    }

    private static Caller caller(ResultSet row) throws SQLException {
        var user = FindLogin.caller(row);
        return new Caller(
                user.workspaceId(),
                user.userId(),
                user.email(),
                user.role(),
                Optional.of(
                        new ApiKey(
                                row.getObject("key_id", UUID.class),
                                permission(row),
                                Optional.ofNullable(row.getObject("mailbox_id", UUID.class)),
                                row.getInt("per_second"))));
    }

    private static ApiKey.Permission permission(ResultSet row) throws SQLException {
        return ApiKey.Permission.parse(row.getString("permission")).orElseThrow();
    }

    /** What became of a new key. */
    public enum Creation {
        DONE,
        /** It is none that the maker may use. */
        BAD_MAILBOX,
        QUOTA_REACHED
    }

    public Creation insert(Caller maker, NewKey key, OpaqueToken secret) {
        return database.of(maker.workspaceId())
                .inTransaction(handle -> {
                    if (isFull(handle, maker.workspaceId())) {
                        return Creation.QUOTA_REACHED;
                    }
                    var rows =
                            handle.createUpdate(INSERT)
                                    .bind("workspace", maker.workspaceId())
                                    .bind("id", key.id())
                                    .bind("user", maker.userId())
                                    .bind("only_user", maker.onlyUser())
                                    .bind("mailbox", key.mailboxId())
                                    .bind("name", key.name())
                                    .bind("permission", key.permission().text())
                                    .bind("hash", secret.hash())
                                    .bind("per_second", key.perSecond())
                                    .execute();
                    return rows == 1 ? Creation.DONE : Creation.BAD_MAILBOX;
                });
    }

    /** Of keys that are made at once a few may get past it. */
    private static boolean isFull(Handle handle, UUID workspace) {
        return handle.createQuery(IS_FULL)
                .bind("workspace", workspace)
                .bind("max", MAX_OF_WORKSPACE)
                .mapTo(boolean.class)
                .one();
    }

    public Page.Items<Listed> list(Caller caller, Page page) {
        return database.of(caller.workspaceId())
                .read(handle ->
                        Keyset.of(page)
                                .read(
                                        handle,
                                        PAGE,
                                        query ->
                                                query.bind("workspace", caller.workspaceId())
                                                        .bind("only_user", caller.onlyUser()),
                                        (row, _) -> listed(row)));
    }

    /** One that the caller sees. */
    public Optional<Listed> find(Caller caller, UUID id) {
        return database.of(caller.workspaceId())
                .read(handle ->
                        handle.createQuery(FIND)
                                .bind("workspace", caller.workspaceId())
                                .bind("id", id)
                                .bind("only_user", caller.onlyUser())
                                .map((row, _) -> listed(row))
                                .findOne());
    }

    /** What becomes of a key; what is empty stays. */
    public record Change(
            Optional<String> name, Optional<ApiKey.Permission> permission, OptionalInt perSecond) {}

    /** Renames a key, or changes what it is good for; false when there is none. */
    public boolean change(Caller caller, UUID id, Change change) {
        return database.of(caller.workspaceId())
                .inTransaction(handle ->
                        handle.createUpdate(CHANGE)
                                        .bind("workspace", caller.workspaceId())
                                        .bind("id", id)
                                        .bind("only_user", caller.onlyUser())
                                        .bind("name", change.name())
                                        .bind(
                                                "permission",
                                                change.permission().map(ApiKey.Permission::text))
                                        .bind("per_second", change.perSecond())
                                        .execute()
                                == 1);
    }

    private static Listed listed(ResultSet row) throws SQLException {
        return new Listed(
                row.getObject("id", UUID.class),
                row.getObject("user_id", UUID.class),
                Optional.ofNullable(row.getString("user_email")),
                row.getString("name"),
                permission(row),
                Optional.ofNullable(row.getObject("mailbox_id", UUID.class)),
                Optional.ofNullable(row.getString("mailbox_address")),
                row.getInt("per_second"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("last_used_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    /** Its next use is refused, on every node; false when there is none. */
    public boolean delete(Caller caller, UUID id) {
        return database.of(caller.workspaceId())
                .inTransaction(handle ->
                        handle.createUpdate(DELETE)
                                        .bind("workspace", caller.workspaceId())
                                        .bind("id", id)
                                        .bind("only_user", caller.onlyUser())
                                        .execute()
                                == 1);
    }
}
