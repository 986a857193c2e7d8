package dev.postrider.credential.provider;

import java.time.Instant;
import java.util.Set;

/**
 * What an API is called with for a while; never prints itself.
 *
 * @param scopes as granted, without the prefix of their resource and in lower case: {@code
 *     gmail.send}, {@code mail.send}
 */
public record AccessToken(String value, Instant expiresAt, Set<String> scopes) {
    public AccessToken {
        scopes = Set.copyOf(scopes);
    }

    @Override
    public String toString() {
        return "AccessToken[expiresAt=" + expiresAt + ", scopes=" + scopes + "]";
    }
}
