package dev.postrider.identity.login;

import dev.postrider.identity.Caller;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.TokenCheck;
import dev.postrider.log.Journal;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.GroupRead;
import dev.postrider.postgres.NewId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Sessions: a login is one; access tokens name it, refresh tokens extend it. The database is asked
 * with each request, so that ending a session, or deactivating its user, ends it at once on every
 * node; the requests that come while one such query runs share the next one. Safe for concurrent
 * use.
 */
@Singleton
public final class Sessions {
    /** How long a session lasts after its login or last refresh. */
    public static final Duration LIFETIME = Duration.ofDays(30);

    /** Of a user, at once: beyond it the one that was quiet for longest ends. */
    static final int MAX_OF_USER = 100;

    /** Of a session; beyond it the user logs in again. Every 15 minutes, it is 52 days. */
    static final int MAX_REFRESHES = 5_000;

    private static final Journal JOURNAL = Journal.of("http");
    private static final int MAX_BATCH = 500;
    private static final int READERS = 1;

    private final SessionTable table;
    private final InstantSource clock;
    private final GroupRead<OpaqueToken, SessionTable.Found> found;

    public Sessions(Database database, InstantSource clock) {
        this.table = new SessionTable(database);
        this.clock = clock;
        this.found =
                new GroupRead<>(MAX_BATCH, READERS, tokens -> table.find(tokens, clock.instant()));
    }

    /** Opens a session for a user who has just proved who they are. */
    public TokenPair open(Caller user) {
        var tokens = TokenPair.random();
        table.open(user, NewId.get(), tokens, clock.instant());
        return tokens;
    }

    /** Tells who an access token speaks for. */
    public TokenCheck check(OpaqueToken accessToken) {
        return found.find(accessToken)
                .map(token -> {
                    if (token.isExpired()) {
                        return new TokenCheck.Bad(
                                "The access token has expired: refresh it, or log in again.");
                    }
                    return token.hasEnded()
                            ? new TokenCheck.Bad(
                                    "The access token's session has ended: log in again.")
                            : new TokenCheck.Good(token.caller());
                })
                .orElseGet(() ->
                        new TokenCheck.Bad(
                                "The access token is unknown, or was deleted after it expired: log in again."));
    }

    /**
     * Gives new tokens for a refresh token, which is used up by it. A second use means that two
     * hold the token, and nobody can tell which of them is the thief: the session ends (RFC 9700,
     * 4.14.2). There is no time of grace, so a client must not send the same token twice, in
     * parallel or after a lost answer; one that does logs in again.
     *
     * @return empty when the token is unknown, was used before, or its session or user has ended
     */
    public Optional<TokenPair> refresh(OpaqueToken presented) {
        var next = TokenPair.random();
        return switch (table.rotate(presented, next, clock.instant())) {
            case SessionTable.Rotated.Done _ -> Optional.of(next);
            case SessionTable.Rotated.Reused(var sessionId) -> {
                JOURNAL.warning("refresh token reused, session revoked", "session", sessionId);
                yield Optional.empty();
            }
            case SessionTable.Rotated.Ended _ -> Optional.empty();
        };
    }

    /**
     * Ends the session that a token belongs to, and with it all its tokens (RFC 7009, 2.1).
     *
     * @param token an access token that is good, or a refresh token, used or not; any other changes
     *     nothing
     */
    public void revoke(OpaqueToken token) {
        table.revoke(token, clock.instant());
    }

    /** Ends all sessions of a user, in the transaction that lets them out. */
    public static void end(Handle handle, UUID workspace, UUID user, Instant now) {
        SessionTable.end(handle, workspace, user, now);
    }

    /**
     * Deletes some sessions that have ended by themselves, and tokens of refreshes that are too
     * long ago to be told from made-up ones.
     *
     * @return how many rows went
     */
    public int purge(int limit) {
        return table.purge(clock.instant(), limit);
    }
}
