package dev.postrider.credential.provider;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Where a provider answers an app: its own addresses, or those that the operator names instead.
 *
 * @param revoke empty where the provider has none
 * @param userinfo who has consented; Microsoft's is {@code /me} of its API
 * @param api scheme, host and port, without a version
 * @param uploads scheme, host and port of the servers to which the API may lead for large files
 * @param issuers what the {@code iss} of its identity tokens may be; {@code {tid}} stands for the
 *     tenant that the token names
 */
public record Endpoints(
        URI authorize,
        URI token,
        Optional<URI> revoke,
        URI userinfo,
        URI api,
        Set<URI> uploads,
        Set<String> issuers) {
    public Endpoints {
        uploads = Set.copyOf(uploads);
        issuers = Set.copyOf(issuers);
    }
}
