package dev.postrider.credential.provider;

import java.time.Instant;
import java.util.Optional;

/**
 * What a user has just granted; never prints its tokens.
 *
 * @param app the operator's, by its name in the settings
 * @param tier what the scopes granted are enough for
 * @param refreshToken empty where the app has access by itself ({@link AppAccess.Application})
 * @param endsAt when the user has granted it for a time only
 */
public record NewGrant(
        Provider provider,
        String app,
        Account account,
        Tier tier,
        Optional<String> refreshToken,
        AccessToken access,
        Optional<Instant> endsAt) {
    @Override
    public String toString() {
        return "NewGrant[provider=" + provider + ", account=" + account + ", tier=" + tier + "]";
    }
}
