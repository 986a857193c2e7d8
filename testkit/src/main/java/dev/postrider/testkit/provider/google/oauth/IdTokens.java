package dev.postrider.testkit.provider.google.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.Jwt;
import dev.postrider.testkit.provider.SigningKey;
import dev.postrider.testkit.provider.google.state.GoogleGrants;
import dev.postrider.testkit.provider.google.state.GoogleScope;
import dev.postrider.testkit.provider.google.state.GoogleState;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.http.Response;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Says by a signed token who the user is. */
record IdTokens(GoogleState google) {
    private static final String KEY_ID = "fake-google-1";
    private static final long LIFE = 3_600;

    /** One for all, since a key takes long to make. */
    private static final class Key {
        private static final SigningKey ONE = SigningKey.generate();
    }

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
        return Jwt.sign(Key.ONE, KEY_ID, claims);
    }

    /** RFC 7517 */
    Response keys() {
        ObjectNode body = Json.object();
        body.putArray("keys")
                .addObject()
                .put("kty", "RSA")
                .put("alg", "RS256")
                .put("use", "sig")
                .put("kid", KEY_ID)
                .put("n", number(Key.ONE.publicKey().getModulus()))
                .put("e", number(Key.ONE.publicKey().getPublicExponent()));
        return Response.json(200, body);
    }

    /** RFC 7518 section 2: without the octet of a sign. */
    private static String number(BigInteger value) {
        byte[] octets = value.toByteArray();
        int from = octets[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Arrays.copyOfRange(octets, from, octets.length));
    }
}
