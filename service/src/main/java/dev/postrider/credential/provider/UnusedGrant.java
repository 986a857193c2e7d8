package dev.postrider.credential.provider;

/**
 * What an account has granted to an app and nobody is going to keep; never prints its token.
 *
 * @param account the address needn't be known
 * @param token the refresh token, or the access token where there is no other
 */
public record UnusedGrant(Provider provider, String app, Account account, String token) {
    /** One that was good, and isn't taken for another reason. */
    public static UnusedGrant of(NewGrant grant) {
        return new UnusedGrant(
                grant.provider(),
                grant.app(),
                grant.account(),
                grant.refreshToken().orElse(grant.access().value()));
    }

    @Override
    public String toString() {
        return "UnusedGrant[" + provider + "/" + app + "]";
    }
}
