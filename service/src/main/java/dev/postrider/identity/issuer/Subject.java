package dev.postrider.identity.issuer;

import java.util.Optional;
import java.util.Set;

/**
 * Whom a token names, in its issuer's words.
 *
 * @param name unique and never given to another, within the issuer
 * @param email empty when the token doesn't say it
 * @param emailIsVerified whether the issuer vouches for it
 * @param workspace the claim that chooses one, if the issuer is asked for it
 * @param roles the claim that chooses one
 */
public record Subject(
        Issuer issuer,
        String name,
        Optional<String> email,
        boolean emailIsVerified,
        Optional<String> workspace,
        Set<String> roles) {
    public Subject {
        roles = Set.copyOf(roles);
    }
}
