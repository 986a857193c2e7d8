package dev.postrider.identity.login;

import java.time.InstantSource;

/** Ends the session that a token belongs to, and with it all its tokens (RFC 7009, 2.1). */
public final class RevokeSession {
    private final SessionTable sessions;
    private final AccessTokens accessTokens;
    private final InstantSource clock;

    public RevokeSession(SessionTable sessions, AccessTokens accessTokens, InstantSource clock) {
        this.sessions = sessions;
        this.accessTokens = accessTokens;
        this.clock = clock;
    }

    /**
     * Ends the session.
     *
     * @param token an access or a refresh token; any other text changes nothing
     */
    public void of(String token) {
        switch (accessTokens.check(token)) {
            case AccessTokens.Checked.Genuine(var claims) ->
                    sessions.revoke(claims, clock.instant());
            case AccessTokens.Checked.Expired _, AccessTokens.Checked.Forged _ ->
                    sessions.revoke(new RefreshToken(token), clock.instant());
        }
    }
}
