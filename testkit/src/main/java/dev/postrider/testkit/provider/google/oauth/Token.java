package dev.postrider.testkit.provider.google.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.Secrets;
import dev.postrider.testkit.provider.google.state.GoogleApp;
import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.google.state.GoogleGrants;
import dev.postrider.testkit.provider.google.state.GoogleGrants.Refresh;
import dev.postrider.testkit.provider.google.state.GoogleLimit;
import dev.postrider.testkit.provider.google.state.GoogleScope;
import dev.postrider.testkit.provider.google.state.GoogleState;
import dev.postrider.testkit.provider.http.Form;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.http.Request;
import dev.postrider.testkit.provider.http.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The token endpoint; takes forms only. */
final class Token {
    private final GoogleState google;
    private final AuthorizationCodes codes;
    private final IdTokens idTokens;
    private final ClientLogin clients;
    private final JwtGrant jwtGrant;

    Token(GoogleState google, AuthorizationCodes codes, IdTokens idTokens) {
        this.google = google;
        this.codes = codes;
        this.idTokens = idTokens;
        this.clients = new ClientLogin(google.apps());
        this.jwtGrant = new JwtGrant(google);
    }

    Response answer(Request request) {
        Response response =
                switch (request.form().text("grant_type")) {
                    case "authorization_code", "refresh_token" ->
                            switch (clients.check(request)) {
                                case ClientLogin.Result.Bad(var error) -> error.response();
                                case ClientLogin.Result.Good(var app) ->
                                        request.form().text("grant_type").equals("refresh_token")
                                                ? refresh(request.form(), app)
                                                : exchange(request.form(), app);
                            };
                    case JwtGrant.TYPE -> jwtGrant.answer(request.form().text("assertion"));
                    case "" -> GoogleError.PARAMETER_MISSING.response();
                    default -> GoogleError.GRANT_TYPE.response();
                };
        return response.with("Cache-Control", "no-store").with("Pragma", "no-cache");
    }

    private Response exchange(Form form, GoogleApp app) {
        var redeemed = codes.redeem(form.text("code"), google.now());
        if (redeemed.isEmpty()) {
            return GoogleError.MALFORMED_CODE.response();
        }
        AuthorizationCodes.Code code = redeemed.get();
        if (code.request().app() != app) {
            return GoogleError.OTHER_CLIENTS_TOKEN.response();
        }
        if (!code.request().redirectUri().equals(form.text("redirect_uri"))) {
            return GoogleError.REDIRECT_MISMATCH.response();
        }
        Optional<GoogleError> unproven = checkVerifier(code.request().parameters(), form);
        if (unproven.isPresent()) {
            return unproven.get().response();
        }
        ObjectNode body = tokens(code.grant(), code.request().parameters().get("nonce"));
        if (code.withRefreshToken()) {
            body.put(
                    "refresh_token",
                    google.grants().issueRefreshToken(code.grant(), code.timeLimit()));
            code.timeLimit()
                    .map(Duration::toSeconds)
                    .ifPresent(seconds -> body.put("refresh_token_expires_in", seconds));
        }
        return Response.json(200, body);
    }

    /** RFC 7636 section 4.6 */
    private static Optional<GoogleError> checkVerifier(Form asked, Form form) {
        Optional<String> challenge = asked.get("code_challenge");
        if (challenge.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> verifier = form.get("code_verifier");
        if (verifier.isEmpty()) {
            return Optional.of(GoogleError.VERIFIER_MISSING);
        }
        String method = asked.get("code_challenge_method").orElse("plain");
        return Secrets.provesChallenge(verifier.get(), challenge.get(), method)
                ? Optional.empty()
                : Optional.of(GoogleError.VERIFIER_WRONG);
    }

    private Response refresh(Form form, GoogleApp app) {
        return switch (google.grants().refresh(form.text("refresh_token"), app)) {
            case Refresh.Bad(var error) -> error.response();
            case Refresh.Good(var grant) ->
                    form.get("scope")
                            .map(scope -> narrowed(grant, scope))
                            .orElseGet(() -> Response.json(200, tokens(grant, Optional.empty())));
        };
    }

    /** RFC 6749 section 6: no more than was granted. */
    private Response narrowed(GoogleGrants.Grant grant, String scope) {
        var scopes = GoogleScope.canonical(List.of(scope.split(" ")));
        if (!grant.scopes().containsAll(scopes)) {
            return GoogleError.INVALID_SCOPE.response();
        }
        var narrow = new GoogleGrants.Grant(grant.user(), grant.app(), scopes);
        return Response.json(200, tokens(narrow, Optional.empty()));
    }

    private ObjectNode tokens(GoogleGrants.Grant grant, Optional<String> nonce) {
        ObjectNode body =
                Json.object()
                        .put("access_token", google.grants().issueAccessToken(grant).value())
                        .put("expires_in", google.limit(GoogleLimit.ACCESS_TOKEN_SECONDS))
                        .put("scope", grant.scopeText())
                        .put("token_type", "Bearer");
        return grant.scopes().contains(GoogleScope.OPENID)
                ? body.put("id_token", idTokens.issue(grant, nonce))
                : body;
    }
}
