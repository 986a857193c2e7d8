package dev.postrider.identity.login;

import dev.postrider.identity.Caller;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.TokenCheck;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.NewId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Sessions of browsers, each named by a cookie. They end like all others: with a logout, a new
 * password, a user who is deactivated. The database is asked with each request.
 */
@Singleton
public final class ConsoleSessions {
    /** How long one lasts that nobody uses. */
    static final Duration IDLE = Duration.ofHours(12);

    /** How long one lasts that is used every day. */
    static final Duration LONGEST = Duration.ofDays(30);

    /** A page more doesn't count as use: no write for it. */
    private static final Duration STEP = Duration.ofMinutes(15);

    private static final String FIND =
            """
            select s.created_at, s.expires_at, u.workspace_id, u.id, u.email, u.role, w.name
            from session s
            join user_account u
              on u.workspace_id = s.workspace_id
              and u.id = s.user_id
            join workspace w on w.id = s.workspace_id
            where s.cookie_hash = :hash
              and s.revoked_at is null
              and s.expires_at > :now
              and u.deactivated_at is null
            """;

    private static final String EXTEND =
            """
            update session
            set expires_at = :expires_at
            where cookie_hash = :hash
              and revoked_at is null
              and expires_at > :now
            """;

    private static final String REVOKE =
            """
            update session
            set revoked_at = :now
            where cookie_hash = :hash
              and revoked_at is null
            """;

    private final Database database;
    private final InstantSource clock;

    public ConsoleSessions(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Who has a session, and in which workspace. */
    public record SignedIn(Caller caller, String workspace) {}

    private record Row(SignedIn signedIn, Instant createdAt, Instant expiresAt) {}

    /** Opens one, for a user who has just proved who they are. */
    public OpaqueToken open(Caller user) {
        var cookie = OpaqueToken.random(OpaqueToken.Kind.CONSOLE);
        var now = clock.instant();
        database.of(user.workspaceId())
                .inTransaction(handle -> {
                    SessionTable.open(
                            handle, user, NewId.get(), Optional.of(cookie), now, now.plus(IDLE));
                    return 1;
                });
        return cookie;
    }

    /**
     * Whose a cookie is.
     *
     * @param isUse whether somebody looks, so that the session lasts: a page that asks by itself
     *     what is new is no use
     */
    public Optional<SignedIn> find(OpaqueToken cookie, boolean isUse) {
        var now = clock.instant();
        var found = row(cookie, now);
        found.filter(_ -> isUse).ifPresent(row -> extend(cookie, row, now));
        return found.map(Row::signedIn);
    }

    /** The same as of a token, for a request that the console makes for its user. */
    public TokenCheck check(OpaqueToken cookie) {
        return find(cookie, false)
                .<TokenCheck>map(found -> new TokenCheck.Good(found.caller()))
                .orElseGet(() -> new TokenCheck.Bad("The session has ended: sign in again."));
    }

    private Optional<Row> row(OpaqueToken cookie, Instant now) {
        return database.of(Database.ANYBODY)
                .read(handle ->
                        handle.createQuery(FIND)
                                .bind("hash", cookie.hash())
                                .bind("now", now)
                                .map((row, context) ->
                                        new Row(
                                                new SignedIn(
                                                        FindLogin.caller(row),
                                                        row.getString("name")),
                                                row.getTimestamp("created_at").toInstant(),
                                                row.getTimestamp("expires_at").toInstant()))
                                .findOne());
    }

    private void extend(OpaqueToken cookie, Row row, Instant now) {
        var last = row.createdAt().plus(LONGEST);
        var next = now.plus(IDLE).isAfter(last) ? last : now.plus(IDLE);
        if (next.isAfter(row.expiresAt().plus(STEP))) {
            inTransaction(handle ->
                    handle.createUpdate(EXTEND)
                            .bind("hash", cookie.hash())
                            .bind("expires_at", next)
                            .bind("now", now)
                            .execute());
        }
    }

    /** Ends one, at once and on every node. */
    public void end(OpaqueToken cookie) {
        inTransaction(handle ->
                handle.createUpdate(REVOKE)
                        .bind("hash", cookie.hash())
                        .bind("now", clock.instant())
                        .execute());
    }

    private void inTransaction(java.util.function.Function<Handle, Integer> work) {
        database.of(Database.ANYBODY).inTransaction(work::apply);
    }
}
