package dev.postrider.identity.login;

import dev.postrider.postgres.NewId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import javax.crypto.SecretKey;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Makes and checks access tokens: JWTs (RFC 7519) under HMAC-SHA-256, because only this program's
 * own nodes check them. The algorithm is pinned (RFC 8725, 3.1): what a token's header asks for
 * changes nothing.
 */
public final class AccessTokens {
    public static final Duration LIFETIME = Duration.ofMinutes(15);
    private static final String ISSUER = "postrider";

    private final SigningKeys keys;
    private final InstantSource clock;

    public AccessTokens(SigningKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** Whom a token names. */
    public record Claims(UUID workspaceId, UUID sessionId, UUID userId) {}

    /** What a text turned out to be. */
    public sealed interface Checked {
        record Genuine(Claims claims) implements Checked {}

        record Expired() implements Checked {}

        record Forged() implements Checked {}
    }

    String make(Session session) {
        var now = clock.instant();
        var key = keys.current();
        var claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setSubject(session.user().userId().toString());
        claims.setStringClaim("sid", session.id().toString());
        claims.setStringClaim("wid", session.user().workspaceId().toString());
        claims.setStringClaim("role", session.user().role().code());
        claims.setIssuedAt(seconds(now));
        claims.setExpirationTime(seconds(now.plus(LIFETIME)));
        claims.setJwtId(NewId.get().toString());
        var signed = new JsonWebSignature();
        signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        signed.setKeyIdHeaderValue(key.id().toString());
        signed.setKey(key.key());
        signed.setPayload(claims.toJson());
        try {
            return signed.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    public Checked check(String token) {
        var consumer =
                new JwtConsumerBuilder()
                        .setJwsAlgorithmConstraints(
                                ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256)
                        .setVerificationKeyResolver((jws, _) -> key(jws))
                        .setExpectedIssuer(ISSUER)
                        .setRequireExpirationTime()
                        .setRequireSubject()
                        .setEvaluationTime(seconds(clock.instant()))
                        .build();
        try {
            var claims = consumer.processToClaims(token);
            return new Checked.Genuine(
                    new Claims(
                            UUID.fromString(claims.getStringClaimValue("wid")),
                            UUID.fromString(claims.getStringClaimValue("sid")),
                            UUID.fromString(claims.getSubject())));
        } catch (InvalidJwtException e) {
            return e.hasExpired() ? new Checked.Expired() : new Checked.Forged();
        } catch (MalformedClaimException | IllegalArgumentException | NullPointerException _) {
            return new Checked.Forged();
        }
    }

    /** The key that a token's header names (RFC 7515, 4.1.4). */
    private SecretKey key(JsonWebSignature token) throws UnresolvableKeyException {
        try {
            var id = UUID.fromString(String.valueOf(token.getKeyIdHeaderValue()));
            return keys.find(id)
                    .map(SigningKey::key)
                    .orElseThrow(() -> new UnresolvableKeyException("no such key"));
        } catch (IllegalArgumentException e) {
            throw new UnresolvableKeyException("no key id", e);
        }
    }

    private static NumericDate seconds(Instant instant) {
        return NumericDate.fromSeconds(instant.getEpochSecond());
    }
}
