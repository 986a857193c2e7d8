package dev.postrider.credential.provider.token;

import dev.postrider.credential.provider.AccessToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a token endpoint's answer means. */
public sealed interface TokenAnswer {
    /**
     * It gave tokens; never prints them.
     *
     * @param refreshToken a new one; empty when the one there is stays good
     * @param endsAt when the user has granted access for a time only
     */
    record Tokens(
            AccessToken access,
            Optional<String> refreshToken,
            Optional<String> idToken,
            Optional<Instant> endsAt)
            implements TokenAnswer {
        @Override
        public String toString() {
            return "Tokens[access=" + access + ", endsAt=" + endsAt + "]";
        }
    }

    /**
     * What the token was asked with is good no more: the grant has ended.
     *
     * @param code stable, for programs
     * @param problem what happened and what to do, for the mailbox's user
     */
    record Ended(String code, String problem) implements TokenAnswer {}

    /**
     * The app itself is refused, or the way it is set up.
     *
     * @param isForAll whether every mailbox of the app will be answered so; else it may be this
     *     request's alone
     * @param problem for the operator
     */
    record AppAtFault(boolean isForAll, String problem) implements TokenAnswer {}

    /** It couldn't say; nothing is known. */
    record NotNow(String problem, Duration pause) implements TokenAnswer {}
}
