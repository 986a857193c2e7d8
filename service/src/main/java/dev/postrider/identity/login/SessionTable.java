package dev.postrider.identity.login;

import static java.util.stream.Collectors.toMap;

import dev.postrider.identity.Caller;
import dev.postrider.postgres.Column;
import dev.postrider.postgres.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Sessions and their refresh tokens. */
public record SessionTable(Database database) {
    /** Of many tokens at once: a row for each that is still good. */
    private static final String CALLERS =
            """
            select u.workspace_id, u.id, u.email, u.role, s.id as session_id
            from unnest(:workspaces, :sessions, :users) as asked (workspace_id, session_id, user_id)
            join session s
              on s.workspace_id = asked.workspace_id
              and s.id = asked.session_id
              and s.user_id = asked.user_id
            join user_account u
              on u.workspace_id = s.workspace_id
              and u.id = s.user_id
            where s.revoked_at is null
              and s.expires_at > :now
              and u.deactivated_at is null
            """;

    /** The user's sessions that have ended by themselves go when a new one comes. */
    private static final String OPEN =
            """
            with ended as (
                delete from session
                where workspace_id = :workspace_id
                  and user_id = :user_id
                  and expires_at <= :now
            ), opened as (
                insert into session (workspace_id, id, user_id, created_at, expires_at)
                values (:workspace_id, :session_id, :user_id, :now, :expires_at)
            )
            insert into refresh_token (hash, workspace_id, session_id, issued_at)
            values (:hash, :workspace_id, :session_id, :now)
            """;

    /**
     * Uses a token up, extends its session and stores the next token. Of two that come with the
     * same token, the second waits for the first one's row lock and then finds the token used.
     */
    private static final String ROTATE =
            """
            with used as (
                update refresh_token t
                set used_at = :now
                from session s
                join user_account u on u.workspace_id = s.workspace_id and u.id = s.user_id
                where t.hash = :hash
                  and t.used_at is null
                  and s.workspace_id = t.workspace_id
                  and s.id = t.session_id
                  and s.revoked_at is null
                  and s.expires_at > :now
                  and u.deactivated_at is null
                returning t.session_id, u.workspace_id, u.id, u.email, u.role
            ), extended as (
                update session s
                set expires_at = :expires_at
                from used u
                where s.workspace_id = u.workspace_id
                  and s.id = u.session_id
                  and s.revoked_at is null
                returning u.session_id, u.workspace_id, u.id, u.email, u.role
            ), next as (
                insert into refresh_token (hash, workspace_id, session_id, issued_at)
                select :next_hash, workspace_id, session_id, cast(:now as timestamptz)
                from extended
            ), forgotten as (
                delete from refresh_token t
                using extended e
                where t.workspace_id = e.workspace_id
                  and t.session_id = e.session_id
                  and t.used_at < :forget_before
            )
            select session_id, workspace_id, id, email, role
            from extended
            """;

    private static final String REVOKE_REUSED =
            """
            update session s
            set revoked_at = :now
            from refresh_token t
            where t.hash = :hash
              and t.used_at is not null
              and s.workspace_id = t.workspace_id
              and s.id = t.session_id
              and s.revoked_at is null
            returning s.id
            """;

    private static final String REVOKE_OF_REFRESH_TOKEN =
            """
            update session s
            set revoked_at = :now
            from refresh_token t
            where t.hash = :hash
              and s.workspace_id = t.workspace_id
              and s.id = t.session_id
              and s.revoked_at is null
            """;

    private static final String REVOKE =
            """
            update session
            set revoked_at = :now
            where workspace_id = :workspace_id
              and id = :session_id
              and revoked_at is null
            """;

    /** What became of a refresh token. */
    sealed interface Rotated {
        record Done(Session session) implements Rotated {}

        /** It had been used before: somebody has a copy. Its session is revoked now. */
        record Reused(UUID sessionId) implements Rotated {}

        /** Unknown, or its session or user has ended. */
        record Ended() implements Rotated {}
    }

    /** Who calls with genuine tokens; without those whose session or user has ended. */
    public Map<AccessTokens.Claims, Caller> callers(Set<AccessTokens.Claims> tokens, Instant now) {
        var asked = List.copyOf(tokens);
        return database.read(handle ->
                handle
                        .createQuery(CALLERS)
                        .bind(
                                "workspaces",
                                Column.of(asked, UUID.class, AccessTokens.Claims::workspaceId))
                        .bind(
                                "sessions",
                                Column.of(asked, UUID.class, AccessTokens.Claims::sessionId))
                        .bind("users", Column.of(asked, UUID.class, AccessTokens.Claims::userId))
                        .bind("now", now)
                        .map((row, _) ->
                                Map.entry(
                                        row.getObject("session_id", UUID.class),
                                        LoginTable.caller(row)))
                        .stream()
                        .collect(toMap(SessionTable::claims, Map.Entry::getValue)));
    }

    private static AccessTokens.Claims claims(Map.Entry<UUID, Caller> found) {
        var caller = found.getValue();
        return new AccessTokens.Claims(caller.workspaceId(), found.getKey(), caller.userId());
    }

    public void open(Session session, RefreshToken first, Instant now) {
        database.inTransaction(handle ->
                handle.createUpdate(OPEN)
                        .bind("workspace_id", session.user().workspaceId())
                        .bind("session_id", session.id())
                        .bind("user_id", session.user().userId())
                        .bind("hash", first.hash())
                        .bind("now", now)
                        .bind("expires_at", now.plus(Session.LIFETIME))
                        .execute());
    }

    Rotated rotate(RefreshToken presented, RefreshToken next, Instant now) {
        return database.inTransaction(handle -> {
            var session = rotate(handle, presented, next, now);
            return session.isPresent()
                    ? new Rotated.Done(session.get())
                    : handle.createQuery(REVOKE_REUSED)
                            .bind("hash", presented.hash())
                            .bind("now", now)
                            .mapTo(UUID.class)
                            .findOne()
                            .<Rotated>map(Rotated.Reused::new)
                            .orElseGet(Rotated.Ended::new);
        });
    }

    private static Optional<Session> rotate(
            Handle handle, RefreshToken presented, RefreshToken next, Instant now) {
        return handle.createQuery(ROTATE)
                .bind("hash", presented.hash())
                .bind("next_hash", next.hash())
                .bind("now", now)
                .bind("expires_at", now.plus(Session.LIFETIME))
                .bind("forget_before", now.minus(Session.LIFETIME))
                .map((row, _) ->
                        new Session(
                                row.getObject("session_id", UUID.class), LoginTable.caller(row)))
                .findOne();
    }

    /** Ends the session of a refresh token, used or not. */
    void revoke(RefreshToken token, Instant now) {
        database.inTransaction(handle ->
                handle.createUpdate(REVOKE_OF_REFRESH_TOKEN)
                        .bind("hash", token.hash())
                        .bind("now", now)
                        .execute());
    }

    void revoke(AccessTokens.Claims claims, Instant now) {
        database.inTransaction(handle ->
                handle.createUpdate(REVOKE)
                        .bind("workspace_id", claims.workspaceId())
                        .bind("session_id", claims.sessionId())
                        .bind("now", now)
                        .execute());
    }
}
