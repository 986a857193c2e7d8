package dev.postrider.testkit.provider.google.oauth;

import dev.postrider.testkit.provider.SigningKey;
import dev.postrider.testkit.provider.google.state.GoogleEndpoint;
import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.google.state.GoogleGrants;
import dev.postrider.testkit.provider.google.state.GoogleScope;
import dev.postrider.testkit.provider.google.state.GoogleState;
import dev.postrider.testkit.provider.google.state.GoogleUser;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.http.Request;
import dev.postrider.testkit.provider.http.Response;
import dev.postrider.testkit.provider.http.Route;
import java.util.List;
import java.util.Optional;

/** Google's routes for tokens. */
public final class GoogleOauth {
    private final GoogleState google;
    private final Authorize authorize;
    private final Token token;

    public GoogleOauth(GoogleState google) {
        var codes = new AuthorizationCodes();
        this.google = google;
        this.authorize = new Authorize(google, codes);
        this.token = new Token(google, codes, new IdTokens(google));
    }

    public Authorize authorize() {
        return authorize;
    }

    public List<Route> routes() {
        return List.of(
                new Route(GoogleEndpoint.AUTHORIZE, authorize::show),
                new Route(GoogleEndpoint.DECIDE, authorize::decide),
                new Route(GoogleEndpoint.TOKEN, token::answer),
                new Route(GoogleEndpoint.REVOKE, this::revoke),
                new Route(GoogleEndpoint.USERINFO, this::userinfo),
                new Route(GoogleEndpoint.USERINFO, "/oauth2/v2/userinfo", this::userinfo),
                new Route(
                        GoogleEndpoint.CERTS,
                        ignored -> Response.json(200, SigningKey.ofServers().jwks())));
    }

    /** The token in the form or in the query. */
    private Response revoke(Request request) {
        String value = request.form().get("token").orElseGet(() -> request.query().text("token"));
        return google.grants().revoke(value)
                ? Response.json(200, Json.object())
                : Response.json(
                        400,
                        Json.object()
                                .put("error", "invalid_token")
                                .put("error_description", "Token expired or revoked"));
    }

    private Response userinfo(Request request) {
        Optional<GoogleGrants.Grant> grant =
                request.bearer()
                        .flatMap(google.grants()::accessToken)
                        .map(GoogleGrants.AccessToken::grant);
        if (grant.isEmpty()) {
            return GoogleError.AUTH.response();
        }
        if (!grant.get().scopes().contains(GoogleScope.EMAIL)) {
            return GoogleError.SCOPES.response();
        }
        GoogleUser user = grant.get().user();
        boolean old = request.path().startsWith("/oauth2/v2/");
        var body =
                Json.object()
                        .put(old ? "id" : "sub", user.subject())
                        .put("email", user.email())
                        .put(old ? "verified_email" : "email_verified", true);
        user.hostedDomain().ifPresent(domain -> body.put("hd", domain));
        return Response.json(200, body);
    }
}
