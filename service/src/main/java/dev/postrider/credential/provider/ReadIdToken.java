package dev.postrider.credential.provider;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/**
 * Reads the identity token that comes with a code's tokens. It comes from the token endpoint by
 * TLS, so its signature must be there but need not be checked (OpenID Connect Core 1.0, 3.1.3.7,
 * 6); who issued it, for whom, for which request and until when, is.
 */
final class ReadIdToken {
    private static final int SKEW_SECONDS = 300;

    /** The tenant of all personal accounts. */
    private static final String CONSUMERS = "9188040d-6c67-4c5b-b112-36a304b66dad";

    private static final Pattern GUID =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private ReadIdToken() {}

    /**
     * Who consented.
     *
     * @param email as the token says it; only Google's is proof
     */
    record Identity(String subject, Optional<String> tenant, Optional<String> email) {
        boolean isPersonal() {
            return tenant.filter(CONSUMERS::equals).isPresent();
        }
    }

    /** The token isn't one for this request; the message says why. */
    static final class NotForUs extends Exception {
        private static final long serialVersionUID = 1L;

        NotForUs(String message) {
            super(message, null, false, false);
        }
    }

    static Identity of(ProviderApp app, String token, String nonce, Instant now) throws NotForUs {
        try {
            var claims =
                    new JwtConsumerBuilder()
                            .setSkipSignatureVerification()
                            .setExpectedAudience(app.clientId())
                            .setRequireExpirationTime()
                            .setAllowedClockSkewInSeconds(SKEW_SECONDS)
                            .setEvaluationTime(NumericDate.fromSeconds(now.getEpochSecond()))
                            .build()
                            .processToClaims(token);
            if (!nonce.equals(claims.getStringClaimValue("nonce"))) {
                throw new NotForUs("its nonce is another request's");
            }
            return switch (app.provider()) {
                case GOOGLE -> google(app, claims);
                case MICROSOFT -> microsoft(app, claims);
            };
        } catch (InvalidJwtException | MalformedClaimException _) {
            throw new NotForUs("it is expired, for another app, or none at all");
        }
    }

    private static Identity google(ProviderApp app, JwtClaims claims)
            throws MalformedClaimException, NotForUs {
        requireIssuer(app, claims, "");
        var isVerified = !Boolean.FALSE.equals(claims.getClaimValue("email_verified"));
        return new Identity(
                needed(claims, "sub"),
                Optional.empty(),
                text(claims, "email").filter(_ -> isVerified));
    }

    private static Identity microsoft(ProviderApp app, JwtClaims claims)
            throws MalformedClaimException, NotForUs {
        var tenant = needed(claims, "tid");
        requireIssuer(app, claims, tenant);
        var isPersonal = tenant.equals(CONSUMERS);
        var isWanted =
                switch (app.tenant()) {
                    case "common" -> true;
                    case "consumers" -> isPersonal;
                    case "organizations" -> !isPersonal;
                    // a domain's tenant has an id that isn't known here; its issuer checks it
                    case String own -> !GUID.matcher(own).matches() || own.equalsIgnoreCase(tenant);
                };
        if (!isWanted) {
            throw new NotForUs("it is of another tenant than " + app.tenant());
        }
        return new Identity(needed(claims, "oid"), Optional.of(tenant), Optional.empty());
    }

    private static void requireIssuer(ProviderApp app, JwtClaims claims, String tenant)
            throws MalformedClaimException, NotForUs {
        if (!isIssuer(app.endpoints().issuers(), String.valueOf(claims.getIssuer()), tenant)) {
            throw new NotForUs("its issuer is another");
        }
    }

    private static boolean isIssuer(Set<String> issuers, String issuer, String tenant) {
        return issuers.stream().anyMatch(each -> each.replace("{tid}", tenant).equals(issuer));
    }

    private static String needed(JwtClaims claims, String name)
            throws MalformedClaimException, NotForUs {
        return text(claims, name).orElseThrow(() -> new NotForUs("it has no " + name));
    }

    private static Optional<String> text(JwtClaims claims, String name)
            throws MalformedClaimException {
        return Optional.ofNullable(claims.getStringClaimValue(name))
                .filter(value -> !value.isBlank() && value.length() <= 320);
    }
}
