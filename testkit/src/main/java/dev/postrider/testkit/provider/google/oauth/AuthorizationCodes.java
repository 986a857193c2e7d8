package dev.postrider.testkit.provider.google.oauth;

import dev.postrider.testkit.provider.Secrets;
import dev.postrider.testkit.provider.google.state.GoogleGrants;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Codes that were given out and not redeemed yet. Its own lock guards it. */
final class AuthorizationCodes {

    /**
     * @param withRefreshToken whether its exchange gives one
     */
    record Code(
            AuthorizeRequest request,
            GoogleGrants.Grant grant,
            boolean withRefreshToken,
            Optional<Duration> timeLimit,
            Instant endsAt) {}

    private final Map<String, Code> codes = new HashMap<>();

    synchronized String issue(Code code) {
        String value = "4/" + Secrets.token(40);
        codes.put(value, code);
        return value;
    }

    /** Once. */
    synchronized Optional<Code> redeem(String value, Instant now) {
        return Optional.ofNullable(codes.remove(value)).filter(code -> now.isBefore(code.endsAt()));
    }
}
