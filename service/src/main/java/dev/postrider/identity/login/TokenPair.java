package dev.postrider.identity.login;

import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.OpaqueToken.Kind;
import java.time.Duration;

/** What a client gets for a login or a refresh. */
public record TokenPair(OpaqueToken accessToken, OpaqueToken refreshToken) {
    /** How long an access token is good. */
    public static final Duration ACCESS_LIFETIME = Duration.ofMinutes(15);

    static TokenPair random() {
        return new TokenPair(OpaqueToken.random(Kind.ACCESS), OpaqueToken.random(Kind.REFRESH));
    }
}
