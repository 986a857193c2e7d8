package dev.postrider.testkit.provider.microsoft.oauth;

import dev.postrider.testkit.provider.Jwt;
import dev.postrider.testkit.provider.http.Form;
import dev.postrider.testkit.provider.http.Request;
import dev.postrider.testkit.provider.microsoft.state.EntraError;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftApp;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftState;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;

/**
 * Which app calls the token endpoint: by a secret in its form or by Basic, or by an assertion that
 * its certificate's key has signed (RFC 7523).
 */
record ClientLogin(MicrosoftState microsoft) {
    private static final String ASSERTION_TYPE =
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final long LONGEST = 600;

    sealed interface Result {
        record Good(MicrosoftApp app) implements Result {}

        record Bad(EntraError error) implements Result {}
    }

    Result check(Request request) {
        Form form = request.form();
        Form login = request.basicClient().orElse(form);
        Optional<MicrosoftApp> app = microsoft.apps().find(login.text("client_id"));
        if (app.isEmpty()) {
            return new Result.Bad(EntraError.APP_NOT_FOUND);
        }
        if (app.get().isDisabled()) {
            return new Result.Bad(EntraError.APP_DISABLED);
        }
        Optional<EntraError> flaw =
                form.get("client_assertion")
                        .map(assertion -> assertion(request, app.get(), assertion))
                        .orElseGet(() ->
                                login.get("client_secret")
                                        .map(secret -> secret(app.get(), secret))
                                        .orElse(Optional.of(EntraError.NO_SECRET)));
        return flaw.<Result>map(Result.Bad::new).orElseGet(() -> new Result.Good(app.get()));
    }

    private Optional<EntraError> secret(MicrosoftApp app, String given) {
        return app.secrets().stream()
                .filter(secret -> secret.value().equals(given))
                .findFirst()
                .map(secret ->
                        microsoft.now().isBefore(secret.endsAt())
                                ? Optional.<EntraError>empty()
                                : Optional.of(EntraError.SECRET_EXPIRED))
                .orElse(Optional.of(EntraError.WRONG_SECRET));
    }

    private Optional<EntraError> assertion(Request request, MicrosoftApp app, String given) {
        Optional<Jwt> jwt = Jwt.parse(given);
        if (jwt.isEmpty() || !request.form().text("client_assertion_type").equals(ASSERTION_TYPE)) {
            return Optional.of(EntraError.ASSERTION_NOT_VALID);
        }
        Jwt assertion = jwt.get();
        Optional<X509Certificate> certificate =
                app.certificates().stream()
                        .filter(each ->
                                thumbprint(each)
                                        .equals(assertion.header().path("x5t#S256").asText("")))
                        .findFirst();
        if (certificate.isEmpty()
                || !assertion.isSignedBy(certificate.get().getPublicKey(), "PS256")) {
            return Optional.of(EntraError.ASSERTION);
        }
        return isFitting(request, app, assertion)
                ? Optional.empty()
                : Optional.of(EntraError.ASSERTION_NOT_VALID);
    }

    private boolean isFitting(Request request, MicrosoftApp app, Jwt assertion) {
        long now = microsoft.now().getEpochSecond();
        return assertion.text("iss").equals(app.clientId())
                && assertion.text("sub").equals(app.clientId())
                && !assertion.text("jti").isEmpty()
                && assertion.text("aud").endsWith(request.path())
                && assertion.number("exp") > now
                && assertion.number("exp") <= now + LONGEST
                && assertion.number("nbf") <= now + 60;
    }

    private static String thumbprint(X509Certificate certificate) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this certificate can't be encoded", e);
        }
    }
}
