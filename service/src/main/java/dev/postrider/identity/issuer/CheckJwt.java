package dev.postrider.identity.issuer;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/**
 * Checks the JWTs of one issuer against its keys. The algorithms are pinned (RFC 8725, 3.1), so a
 * header that asks for none, or for a MAC with the public key as its secret, changes nothing. An
 * unknown key makes the keys be fetched again, but no more often than the pause says: rollover
 * needs no restart, and made-up keys don't become calls.
 */
final class CheckJwt {
    private static final int SKEW_SECONDS = 30;

    private final Issuer issuer;
    private final Discovery discovery;
    private final InstantSource clock;
    private final Duration pause;

    /** Written once by whoever first finds the keys' place, read by all. */
    private volatile @Nullable HttpsJwksVerificationKeyResolver keys;

    CheckJwt(Issuer issuer, Discovery discovery, InstantSource clock, Duration pause) {
        this.issuer = issuer;
        this.discovery = discovery;
        this.clock = clock;
        this.pause = pause;
    }

    IssuerTokenCheck check(String token) {
        try {
            return new IssuerTokenCheck.Good(
                    Claims.subject(issuer, claims(token, issuer.audience(), issuer.tokenType())));
        } catch (IOException e) {
            return unavailable(e);
        } catch (InvalidJwtException e) {
            if (e.hasExpired()) {
                return new IssuerTokenCheck.Bad(
                        "The access token has expired: get another from its issuer.");
            }
            return causedBy(e, IOException.class) && causedBy(e, UnresolvableKeyException.class)
                    ? unavailable(e)
                    : new IssuerTokenCheck.Bad(
                            "The token is not accepted: its issuer, audience, lifetime, algorithm or"
                                    + " signature is not what this server requires.");
        } catch (Claims.NoSubject _) {
            return new IssuerTokenCheck.Bad("The token names no subject.");
        }
    }

    /** An identity token isn't one for this request; the message says why. */
    static final class NotForUs extends Exception {
        private static final long serialVersionUID = 1L;

        NotForUs(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * The claims of an identity token (OpenID Connect Core 1.0, 3.1.3.7).
     *
     * @param nonce the request's
     */
    Map<String, Object> identity(String token, String clientId, String nonce)
            throws NotForUs, IOException {
        Map<String, Object> claims;
        try {
            claims = claims(token, clientId, Optional.empty());
        } catch (InvalidJwtException e) {
            if (causedBy(e, IOException.class) && causedBy(e, UnresolvableKeyException.class)) {
                throw new IOException("its keys can't be had", e);
            }
            throw new NotForUs(
                    "its issuer, audience, lifetime, algorithm or signature is not what is required");
        }
        if (!nonce.equals(claims.get("nonce"))) {
            throw new NotForUs("its nonce is another request's");
        }
        var isForSeveral = claims.get("aud") instanceof Collection<?> several && several.size() > 1;
        if ((isForSeveral || claims.containsKey("azp")) && !clientId.equals(claims.get("azp"))) {
            throw new NotForUs("it was issued to another client");
        }
        return claims;
    }

    private Map<String, Object> claims(String token, String audience, Optional<String> tokenType)
            throws InvalidJwtException, IOException {
        var consumer =
                new JwtConsumerBuilder()
                        .setJwsAlgorithmConstraints(
                                new AlgorithmConstraints(
                                        ConstraintType.PERMIT,
                                        issuer.algorithms().toArray(String[]::new)))
                        .setVerificationKeyResolver(keys())
                        .setExpectedIssuer(issuer.name())
                        .setExpectedAudience(audience)
                        .setRequireExpirationTime()
                        .setRequireSubject()
                        .setAllowedClockSkewInSeconds(SKEW_SECONDS)
                        .setEvaluationTime(
                                NumericDate.fromSeconds(clock.instant().getEpochSecond()));
        tokenType.ifPresent(type -> consumer.setExpectedType(true, type));
        return consumer.build().processToClaims(token).getClaimsMap();
    }

    private HttpsJwksVerificationKeyResolver keys() throws IOException {
        var known = keys;
        if (known != null) {
            return known;
        }
        var place =
                issuer.keys().isPresent()
                        ? issuer.keys().get()
                        : discovery.endpoint(issuer, "jwks_uri");
        var fetched = new HttpsJwks(place.toString());
        fetched.setSimpleHttpGet(discovery::keys);
        fetched.setDefaultCacheDuration(Duration.ofHours(1).toSeconds());
        fetched.setRefreshReprieveThreshold(pause.toMillis());
        fetched.setRetainCacheOnErrorDuration(Duration.ofHours(24).toSeconds());
        var resolver = new HttpsJwksVerificationKeyResolver(fetched);
        keys = resolver;
        return resolver;
    }

    private IssuerTokenCheck unavailable(Exception e) {
        return new IssuerTokenCheck.Unavailable(
                "The token's issuer " + issuer.name() + " does not answer: " + e.getMessage());
    }

    private static boolean causedBy(Throwable thrown, Class<? extends Throwable> type) {
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
