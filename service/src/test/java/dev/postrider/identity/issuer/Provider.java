package dev.postrider.identity.issuer;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;

/** A real provider in the test's own process, and what it signs. */
final class Provider implements AutoCloseable {
    static final String AUDIENCE = "postrider";

    private final MockOAuth2Server server = new MockOAuth2Server();
    private final Issuer acme;

    Provider() {
        server.start();
        acme = ParseIssuers.usual(url("acme"), AUDIENCE, true);
    }

    Issuer acme() {
        return acme;
    }

    JWK publicKey() {
        return server.getConfig().getTokenProvider().publicJwkSet("acme").getKeys().getFirst();
    }

    String url(String name) {
        return server.issuerUrl(name).toString();
    }

    String token(
            String issuer,
            String subject,
            String audience,
            long expiry,
            Map<String, Object> claims) {
        return server.issueToken(
                        issuer,
                        subject,
                        new DefaultOAuth2TokenCallback(
                                issuer, subject, "JWT", List.of(audience), claims, expiry))
                .serialize();
    }

    JWTClaimsSet.Builder claims(String issuer) {
        return new JWTClaimsSet.Builder()
                .issuer(url(issuer))
                .subject("ann")
                .audience(AUDIENCE)
                .expirationTime(in(600));
    }

    static Date in(long seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    /** Signed by the provider's own key, with claims that it wouldn't give. */
    String signed(Consumer<JWTClaimsSet.Builder> change) {
        var claims = claims("acme");
        change.accept(claims);
        return server.getConfig()
                .getTokenProvider()
                .jwt(claims.build().getClaims(), Duration.ofHours(1), "acme")
                .serialize();
    }

    String signed(RSAKey key, String issuer, Consumer<JWTClaimsSet.Builder> change)
            throws Exception {
        var claims = claims(issuer);
        change.accept(claims);
        var header =
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(key.getKeyID())
                        .type(JOSEObjectType.JWT)
                        .build();
        var token = new SignedJWT(header, claims.build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    @Override
    public void close() {
        server.shutdown();
    }
}
