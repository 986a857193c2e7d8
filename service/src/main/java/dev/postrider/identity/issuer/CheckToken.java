package dev.postrider.identity.issuer;

import dev.postrider.identity.Caller;
import dev.postrider.identity.login.AccessTokens;
import dev.postrider.identity.login.SessionTable;
import dev.postrider.postgres.GroupRead;
import java.time.InstantSource;

/**
 * Tells who a bearer token speaks for: its signature and expiry first, then whether its session and
 * its user still stand. The second asks the database each time, so that ending a session ends it at
 * once on every node; the requests that come while one such query runs share the next one.
 */
public final class CheckToken {
    private static final int MAX_BATCH = 500;
    private static final int READERS = 1;

    private final AccessTokens accessTokens;
    private final GroupRead<AccessTokens.Claims, Caller> callers;
    private final ExternalUsers externalUsers;

    public CheckToken(
            AccessTokens accessTokens,
            SessionTable sessions,
            ExternalUsers externalUsers,
            InstantSource clock) {
        this.externalUsers = externalUsers;
        this.accessTokens = accessTokens;
        this.callers =
                new GroupRead<>(
                        MAX_BATCH, READERS, tokens -> sessions.callers(tokens, clock.instant()));
    }

    /** What a token turned out to be. */
    public sealed interface Result {
        record Good(Caller caller) implements Result {}

        /**
         * A token to refuse.
         *
         * @param reason a sentence for its sender, of the characters that RFC 6750, 3 allows
         */
        record Bad(String reason) implements Result {}

        /**
         * Nobody can tell just now.
         *
         * @param reason a sentence for its sender
         */
        record Unavailable(String reason) implements Result {}
    }

    public Result of(String token) {
        return switch (accessTokens.check(token)) {
            case AccessTokens.Checked.Forged _ -> externalUsers.check(token);
            case AccessTokens.Checked.Expired _ ->
                    new Result.Bad("The access token has expired: refresh it, or log in again.");
            case AccessTokens.Checked.Genuine(var claims) ->
                    callers.find(claims)
                            .<Result>map(Result.Good::new)
                            .orElseGet(() ->
                                    new Result.Bad(
                                            "The access token's session has ended: log in"
                                                    + " again."));
        };
    }
}
