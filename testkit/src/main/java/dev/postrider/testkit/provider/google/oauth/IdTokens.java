package dev.postrider.testkit.provider.google.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.Jwt;
import dev.postrider.testkit.provider.SigningKey;
import dev.postrider.testkit.provider.google.state.GoogleGrants;
import dev.postrider.testkit.provider.google.state.GoogleScope;
import dev.postrider.testkit.provider.google.state.GoogleState;
import dev.postrider.testkit.provider.http.Json;
import java.util.Optional;

/** Says by a signed token who the user is. */
record IdTokens(GoogleState google) {
    private static final long LIFE = 3_600;

    String issue(GoogleGrants.Grant grant, Optional<String> nonce) {
        long now = google.now().getEpochSecond();
        ObjectNode claims =
                Json.object()
                        .put("iss", "https://accounts.google.com")
                        .put("azp", grant.app().clientId())
                        .put("aud", grant.app().clientId())
                        .put("sub", grant.user().subject())
                        .put("iat", now)
                        .put("exp", now + LIFE);
        if (grant.scopes().contains(GoogleScope.EMAIL)) {
            claims.put("email", grant.user().email()).put("email_verified", true);
        }
        grant.user().hostedDomain().ifPresent(domain -> claims.put("hd", domain));
        nonce.ifPresent(value -> claims.put("nonce", value));
        return Jwt.sign(SigningKey.ofServers(), claims);
    }
}
