package dev.postrider.identity;

import java.time.InstantSource;

/**
 * Tells who a bearer token speaks for: its signature and expiry first, then, in one statement,
 * whether its session and its user still stand.
 */
final class CheckToken {
    private final AccessTokens accessTokens;
    private final SessionTable sessions;
    private final InstantSource clock;

    CheckToken(AccessTokens accessTokens, SessionTable sessions, InstantSource clock) {
        this.accessTokens = accessTokens;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** What a token turned out to be. */
    sealed interface Result {
        record Good(Caller caller) implements Result {}

        /**
         * A token to refuse.
         *
         * @param reason a sentence for its sender, of the characters that RFC 6750, 3 allows
         */
        record Bad(String reason) implements Result {}
    }

    Result of(String token) {
        return switch (accessTokens.check(token)) {
            case AccessTokens.Checked.Forged _ ->
                    new Result.Bad("The token is not one of this server's access tokens.");
            case AccessTokens.Checked.Expired _ ->
                    new Result.Bad("The access token has expired: refresh it, or log in again.");
            case AccessTokens.Checked.Genuine(var claims) ->
                    sessions.caller(claims, clock.instant())
                            .<Result>map(Result.Good::new)
                            .orElseGet(() ->
                                    new Result.Bad(
                                            "The access token's session has ended: log in"
                                                    + " again."));
        };
    }
}
