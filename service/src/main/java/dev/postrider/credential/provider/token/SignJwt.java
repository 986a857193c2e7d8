package dev.postrider.credential.provider.token;

import dev.postrider.credential.provider.ClientLogin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Makes the assertions by which apps with a key show who they are (RFC 7523). */
final class SignJwt {
    private static final Duration CLIENT_LIFE = Duration.ofMinutes(10);
    private static final Duration GRANT_LIFE = Duration.ofMinutes(60);

    private SignJwt() {}

    /** A client's assertion, as Microsoft wants it: PS256, and the certificate's thumbprint. */
    static String client(
            ClientLogin.Certificate login, String clientId, String tokenEndpoint, Instant now) {
        var jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_PSS_USING_SHA256);
        jws.setX509CertSha256ThumbprintHeaderValue(login.certificate());
        jws.setHeader("typ", "JWT");
        jws.setKey(login.key());
        var claims = claims(clientId, tokenEndpoint, now, CLIENT_LIFE);
        claims.setSubject(clientId);
        claims.setNotBefore(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setJwtId(UUID.randomUUID().toString());
        return signed(jws, claims);
    }

    /** A service account's request to act for a user of its organisation (Google). */
    static String grant(
            ClientLogin.ServiceAccount login,
            String user,
            List<String> scopes,
            String tokenEndpoint,
            Instant now) {
        var jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        jws.setKeyIdHeaderValue(login.keyId());
        jws.setHeader("typ", "JWT");
        jws.setKey(login.key());
        var claims = claims(login.address(), tokenEndpoint, now, GRANT_LIFE);
        claims.setSubject(user);
        claims.setStringClaim("scope", String.join(" ", scopes));
        return signed(jws, claims);
    }

    private static JwtClaims claims(String issuer, String audience, Instant now, Duration life) {
        var claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setAudience(audience);
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(life).getEpochSecond()));
        return claims;
    }

    private static String signed(JsonWebSignature jws, JwtClaims claims) {
        jws.setPayload(claims.toJson());
        try {
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("the key of an app can't sign", e);
        }
    }
}
