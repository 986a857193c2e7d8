package dev.postrider.identity.login;

import dev.postrider.log.Journal;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Gives new tokens for a refresh token, which is used up by it. A second use means that two hold
 * the token, and nobody can tell which of them is the thief: the session ends (RFC 9700, 4.14.2).
 * There is no time of grace, so a client must not send the same token twice, in parallel or after a
 * lost answer; one that does logs in again.
 */
public final class RefreshSession {
    private static final Journal JOURNAL = Journal.of("http");

    private final SessionTable sessions;
    private final AccessTokens accessTokens;
    private final InstantSource clock;

    public RefreshSession(SessionTable sessions, AccessTokens accessTokens, InstantSource clock) {
        this.sessions = sessions;
        this.accessTokens = accessTokens;
        this.clock = clock;
    }

    /** Empty when the token is unknown, was used before, or its session or user has ended. */
    public Optional<Tokens> with(RefreshToken presented) {
        var next = RefreshToken.random();
        return switch (sessions.rotate(presented, next, clock.instant())) {
            case SessionTable.Rotated.Done(var session) ->
                    Optional.of(new Tokens(accessTokens.make(session), next));
            case SessionTable.Rotated.Reused(var sessionId) -> {
                JOURNAL.warning("refresh token reused, session revoked", "session", sessionId);
                yield Optional.empty();
            }
            case SessionTable.Rotated.Ended _ -> Optional.empty();
        };
    }
}
