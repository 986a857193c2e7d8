package dev.postrider.identity.login;

import static java.util.stream.Collectors.toMap;

import dev.postrider.identity.Caller;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.postgres.BatchStatement;
import dev.postrider.postgres.Database;
import java.nio.ByteBuffer;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Sessions and their pairs of tokens. */
record SessionTable(Database database) {
    /** Of many access tokens at once; the one look-up of them, by hashes that are unique. */
    private static final String FIND =
            """
            select
                t.access_hash,
                t.issued_at <= :issued_before as is_expired,
                s.revoked_at is not null or s.expires_at <= :now or u.deactivated_at is not null
                    as has_ended,
                u.workspace_id, u.id, u.email, u.role
            from session_token t
            join session s
              on s.workspace_id = t.workspace_id
              and s.id = t.session_id
            join user_account u
              on u.workspace_id = s.workspace_id
              and u.id = s.user_id
            where t.access_hash in (select * from unnest(:hashes))
            """;

    private static final BatchStatement FIND_ALL = BatchStatement.of(FIND);

    /** The user's sessions that have ended go when a new one comes, and those that are too many. */
    private static final String OPEN =
            """
            with ended as (
                delete from session
                where workspace_id = :workspace_id
                  and id in (
                      select id
                      from (
                          select id, expires_at, row_number() over (order by expires_at desc) as place
                          from session
                          where workspace_id = :workspace_id
                            and user_id = :user_id
                      ) own
                      where expires_at <= :now
                         or place >= :max
                  )
            )
            insert into session (workspace_id, id, user_id, created_at, expires_at, cookie_hash)
            values (:workspace_id, :session_id, :user_id, :now, :expires_at, :cookie_hash)
            """;

    private static final String INSERT_TOKENS =
            """
            insert into session_token (refresh_hash, access_hash, workspace_id, session_id, issued_at)
            values (:refresh_hash, :access_hash, :workspace_id, :session_id, :now)
            """;

    /**
     * Uses a token up, extends its session and stores the next pair. Of two that come with the same
     * token, the second waits for the first one's row lock and then finds the token used.
     */
    private static final String ROTATE =
            """
            with used as (
                update session_token t
                set used_at = :now
                from session s
                join user_account u on u.workspace_id = s.workspace_id and u.id = s.user_id
                where t.refresh_hash = :hash
                  and t.used_at is null
                  and s.workspace_id = t.workspace_id
                  and s.id = t.session_id
                  and s.revoked_at is null
                  and s.expires_at > :now
                  and s.refreshes < :max
                  and u.deactivated_at is null
                returning t.workspace_id, t.session_id
            ), extended as (
                update session s
                set expires_at = :expires_at,
                    refreshes = s.refreshes + 1
                from used u
                where s.workspace_id = u.workspace_id
                  and s.id = u.session_id
                  and s.revoked_at is null
                returning u.workspace_id, u.session_id
            )
            insert into session_token (refresh_hash, access_hash, workspace_id, session_id, issued_at)
            select :refresh_hash, :access_hash, workspace_id, session_id, cast(:now as timestamptz)
            from extended
            """;

    private static final String REVOKE_REUSED =
            """
            update session s
            set revoked_at = :now
            from session_token t
            where t.refresh_hash = :hash
              and t.used_at is not null
              and s.workspace_id = t.workspace_id
              and s.id = t.session_id
              and s.revoked_at is null
            returning s.id
            """;

    private static final String REVOKE =
            """
            update session s
            set revoked_at = :now
            from session_token t
            where (t.refresh_hash = :hash or (t.access_hash = :hash and t.issued_at > :issued_before))
              and s.workspace_id = t.workspace_id
              and s.id = t.session_id
              and s.revoked_at is null
            """;

    private static final String END_ALL =
            """
            update session
            set revoked_at = :now
            where workspace_id = :workspace
              and user_id = :user
              and revoked_at is null
            """;

    private static final String PURGE_SESSIONS =
            """
            delete from session
            where ctid = any (array(
                select ctid
                from session
                where expires_at <= :now
                order by expires_at
                limit :limit))
            """;

    /** Used for longer than a session lasts: a second use isn't noticed any more. */
    private static final String PURGE_TOKENS =
            """
            delete from session_token
            where ctid = any (array(
                select ctid
                from session_token
                where used_at < :used_before
                order by used_at
                limit :limit))
            """;

    /** Whom an access token names, and whether it is good now. */
    record Found(Caller caller, boolean isExpired, boolean hasEnded) {}

    /** What became of a refresh token. */
    sealed interface Rotated {
        record Done() implements Rotated {}

        /** It had been used before: somebody has a copy. Its session is revoked now. */
        record Reused(UUID sessionId) implements Rotated {}

        /** Unknown, or its session or user has ended. */
        record Ended() implements Rotated {}
    }

    Map<OpaqueToken, Found> find(Set<OpaqueToken> tokens, Instant now) {
        record Row(ByteBuffer hash, Found found) {}
        var asked =
                tokens.stream()
                        .collect(toMap(each -> ByteBuffer.wrap(each.hash()), Function.identity()));
        return database
                .read(handle ->
                        FIND_ALL.on(handle)
                                .octets("hashes", List.copyOf(asked.keySet()), ByteBuffer::array)
                                .value("now", Timestamp.from(now))
                                .value(
                                        "issued_before",
                                        Timestamp.from(now.minus(TokenPair.ACCESS_LIFETIME)))
                                .list(row ->
                                        new Row(
                                                ByteBuffer.wrap(row.getBytes("access_hash")),
                                                new Found(
                                                        FindLogin.caller(row),
                                                        row.getBoolean("is_expired"),
                                                        row.getBoolean("has_ended")))))
                .stream()
                .flatMap(row ->
                        Optional.ofNullable(asked.get(row.hash())).stream()
                                .map(token -> Map.entry(token, row.found())))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    void open(Caller user, UUID id, TokenPair tokens, Instant now) {
        database.of(user.workspaceId())
                .inTransaction(handle -> {
                    open(handle, user, id, Optional.empty(), now, now.plus(Sessions.LIFETIME));
                    return handle.createUpdate(INSERT_TOKENS)
                            .bind("workspace_id", user.workspaceId())
                            .bind("session_id", id)
                            .bind("now", now)
                            .bind("refresh_hash", tokens.refreshToken().hash())
                            .bind("access_hash", tokens.accessToken().hash())
                            .execute();
                });
    }

    /**
     * Opens a session.
     *
     * @param cookie of the browser that has it; empty when a client has tokens for it
     */
    static void open(
            Handle handle,
            Caller user,
            UUID id,
            Optional<OpaqueToken> cookie,
            Instant now,
            Instant expiresAt) {
        FindLogin.loggedIn(handle, user, now);
        handle.createUpdate(OPEN)
                .bind("workspace_id", user.workspaceId())
                .bind("user_id", user.userId())
                .bind("session_id", id)
                .bind("now", now)
                .bind("expires_at", expiresAt)
                .bind("cookie_hash", cookie.map(OpaqueToken::hash).orElse(null))
                .bind("max", Sessions.MAX_OF_USER)
                .execute();
    }

    Rotated rotate(OpaqueToken presented, TokenPair next, Instant now) {
        return database.of(Database.ANYBODY)
                .inTransaction(handle -> {
                    if (isRotated(handle, presented, next, now)) {
                        return new Rotated.Done();
                    }
                    return handle.createQuery(REVOKE_REUSED)
                            .bind("hash", presented.hash())
                            .bind("now", now)
                            .mapTo(UUID.class)
                            .findOne()
                            .<Rotated>map(Rotated.Reused::new)
                            .orElseGet(Rotated.Ended::new);
                });
    }

    private static boolean isRotated(
            Handle handle, OpaqueToken presented, TokenPair next, Instant now) {
        return handle.createUpdate(ROTATE)
                        .bind("hash", presented.hash())
                        .bind("refresh_hash", next.refreshToken().hash())
                        .bind("access_hash", next.accessToken().hash())
                        .bind("now", now)
                        .bind("expires_at", now.plus(Sessions.LIFETIME))
                        .bind("max", Sessions.MAX_REFRESHES)
                        .execute()
                == 1;
    }

    void revoke(OpaqueToken token, Instant now) {
        database.of(Database.ANYBODY)
                .inTransaction(handle ->
                        handle.createUpdate(REVOKE)
                                .bind("hash", token.hash())
                                .bind("now", now)
                                .bind("issued_before", now.minus(TokenPair.ACCESS_LIFETIME))
                                .execute());
    }

    static void end(Handle handle, UUID workspace, UUID user, Instant now) {
        handle.createUpdate(END_ALL)
                .bind("workspace", workspace)
                .bind("user", user)
                .bind("now", now)
                .execute();
    }

    int purge(Instant now, int limit) {
        return database.inTransaction(handle ->
                handle.createUpdate(PURGE_SESSIONS).bind("now", now).bind("limit", limit).execute()
                        + handle.createUpdate(PURGE_TOKENS)
                                .bind("used_before", now.minus(Sessions.LIFETIME))
                                .bind("limit", limit)
                                .execute());
    }
}
