package dev.postrider.testkit.provider.google.oauth;

import dev.postrider.testkit.provider.Jwt;
import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.google.state.GoogleGrants;
import dev.postrider.testkit.provider.google.state.GoogleLimit;
import dev.postrider.testkit.provider.google.state.GoogleScope;
import dev.postrider.testkit.provider.google.state.GoogleState;
import dev.postrider.testkit.provider.google.state.GoogleUser;
import dev.postrider.testkit.provider.google.state.ServiceAccount;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.http.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A service account's assertion (RFC 7523 section 2.1) for a user of a domain that allows it. */
record JwtGrant(GoogleState google) {
    static final String TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private static final long LONGEST = 3_600;
    private static final long SKEW = 300;

    Response answer(String assertion) {
        Optional<Jwt> jwt = Jwt.parse(assertion);
        if (jwt.isEmpty()) {
            return GoogleError.JWT_SIGNATURE.response("Invalid JWT: malformed.");
        }
        Optional<ServiceAccount> account = google.apps().serviceAccount(jwt.get().text("iss"));
        if (account.isEmpty()) {
            return GoogleError.INVALID_PRINCIPAL.response();
        }
        return flaw(jwt.get(), account.get())
                .map(GoogleError::response)
                .orElseGet(() -> forUser(jwt.get(), account.get()));
    }

    private Optional<GoogleError> flaw(Jwt jwt, ServiceAccount account) {
        if (!jwt.isSignedBy(account.key().publicKey(), "RS256")) {
            return Optional.of(GoogleError.JWT_SIGNATURE);
        }
        long now = google.now().getEpochSecond();
        long issued = jwt.number("iat");
        long ends = jwt.number("exp");
        boolean timely =
                issued <= now + SKEW && ends > now - SKEW && ends - issued <= LONGEST && issued > 0;
        if (!timely) {
            return Optional.of(GoogleError.JWT_TIME);
        }
        return jwt.text("aud").endsWith("/token")
                ? Optional.empty()
                : Optional.of(GoogleError.JWT_AUDIENCE);
    }

    private Response forUser(Jwt jwt, ServiceAccount account) {
        Set<String> scopes = GoogleScope.canonical(List.of(jwt.text("scope").split(" ")));
        if (!scopes.stream().allMatch(GoogleScope::isKnown)) {
            return GoogleError.INVALID_SCOPE.response();
        }
        String subject = jwt.text("sub");
        if (subject.isEmpty()) {
            return token(google.users().account(account.email()), account, scopes);
        }
        Optional<GoogleUser> user = google.users().find(subject);
        if (user.isEmpty()) {
            return GoogleError.NOT_A_VALID_EMAIL.response();
        }
        return switch (user.get().state()) {
            case DELETED -> GoogleError.ACCOUNT_DELETED.response();
            case RESTRICTED -> GoogleError.ACCOUNT_RESTRICTED.response();
            case CLIENT_BLOCKED -> GoogleError.CLIENT_NOT_AUTHORIZED.response();
            case GOOD ->
                    account.mayActFor(user.get(), scopes)
                            ? token(user.get(), account, scopes)
                            : GoogleError.NOT_DELEGATED.response();
        };
    }

    private Response token(GoogleUser user, ServiceAccount account, Set<String> scopes) {
        var grant = new GoogleGrants.Grant(user, account.project(), scopes);
        return Response.json(
                200,
                Json.object()
                        .put("access_token", google.grants().issueAccessToken(grant).value())
                        .put("expires_in", google.limit(GoogleLimit.ACCESS_TOKEN_SECONDS))
                        .put("token_type", "Bearer"));
    }
}
