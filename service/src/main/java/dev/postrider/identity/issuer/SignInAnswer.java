package dev.postrider.identity.issuer;

import java.util.Optional;

/**
 * What a browser comes back with from a provider (RFC 6749, 4.1.2; RFC 9207): anybody's word until
 * its state is known.
 */
public record SignInAnswer(
        Optional<String> state,
        Optional<String> code,
        Optional<String> iss,
        Optional<String> error,
        Optional<String> description) {
    @Override
    public String toString() {
        return "SignInAnswer[error=" + error + "]";
    }
}
