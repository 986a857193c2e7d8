package dev.postrider.testkit.provider.microsoft.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.Jwt;
import dev.postrider.testkit.provider.Secrets;
import dev.postrider.testkit.provider.SigningKey;
import dev.postrider.testkit.provider.http.Form;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.http.Request;
import dev.postrider.testkit.provider.http.Response;
import dev.postrider.testkit.provider.microsoft.state.EntraError;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftApp;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftGrants;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftGrants.Refresh;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftLimit;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftScope;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftState;
import java.util.Optional;
import java.util.Set;

/** The token endpoint; takes forms only. */
final class Token {
    private final MicrosoftState microsoft;
    private final AuthorizationCodes codes;
    private final ClientLogin clients;
    private final TokenAnswer answers;

    Token(MicrosoftState microsoft, AuthorizationCodes codes) {
        this.microsoft = microsoft;
        this.codes = codes;
        this.clients = new ClientLogin(microsoft);
        this.answers = new TokenAnswer(microsoft);
    }

    Response answer(Request request) {
        Form form = request.form();
        String kind = form.text("grant_type");
        if (kind.isEmpty()) {
            return EntraError.PARAMETER_MISSING.response();
        }
        if (!Set.of("authorization_code", "refresh_token", "client_credentials").contains(kind)) {
            return EntraError.GRANT_TYPE.response();
        }
        var tenant = new TenantPath(microsoft.users(), request.segment("tenant"));
        Response response =
                switch (clients.check(request)) {
                    case ClientLogin.Result.Bad(var error) -> error.response();
                    case ClientLogin.Result.Good(var app) ->
                            tenant.flaw(app)
                                    .filter(error -> !kind.equals("client_credentials"))
                                    .map(EntraError::response)
                                    .orElseGet(() ->
                                            switch (kind) {
                                                case "authorization_code" ->
                                                        exchange(form, app, tenant);
                                                case "refresh_token" -> refresh(form, app, tenant);
                                                default -> appOnly(form, app, tenant);
                                            });
                };
        return response.with("Cache-Control", "no-store, no-cache").with("Pragma", "no-cache");
    }

    private Response exchange(Form form, MicrosoftApp app, TenantPath tenant) {
        return switch (codes.redeem(form.text("code"), microsoft.now())) {
            case AuthorizationCodes.Redeemed.Bad(var error) -> error.response();
            case AuthorizationCodes.Redeemed.Good(var code) ->
                    flaw(form, app, tenant, code)
                            .map(EntraError::response)
                            .orElseGet(() -> exchange(form, code));
        };
    }

    private Optional<EntraError> flaw(
            Form form, MicrosoftApp app, TenantPath tenant, AuthorizationCodes.Code code) {
        AuthorizeRequest asked = code.request();
        if (!asked.app().equals(app)) {
            return Optional.of(EntraError.INVALID_GRANT);
        }
        if (!tenant.admits(code.signIn().user().tenant())) {
            return Optional.of(EntraError.CODE_OF_OTHER_TENANT);
        }
        if (!asked.redirectUri().equals(form.text("redirect_uri"))) {
            return Optional.of(EntraError.REDIRECT);
        }
        Optional<String> challenge = asked.parameters().get("code_challenge");
        String method = asked.parameters().get("code_challenge_method").orElse("plain");
        boolean proven =
                challenge.isEmpty()
                        || Secrets.provesChallenge(
                                form.text("code_verifier"), challenge.get(), method);
        return proven ? Optional.empty() : Optional.of(EntraError.VERIFIER);
    }

    private Response exchange(Form form, AuthorizationCodes.Code code) {
        Optional<String> given = form.get("scope");
        Set<MicrosoftScope> wanted =
                given.map(scope -> MicrosoftScope.parseAll(scope).orElse(Set.of()))
                        .orElseGet(() -> code.request().scopes());
        if (wanted.isEmpty()) {
            return EntraError.SCOPE.response();
        }
        if (given.isPresent() && resources(wanted) > 1) {
            return EntraError.MORE_THAN_ONE_RESOURCE.response();
        }
        return tokens(
                code.signIn(),
                wanted,
                code.request().isOffline(),
                code.request().parameters().get("nonce"));
    }

    private static long resources(Set<MicrosoftScope> scopes) {
        return scopes.stream()
                .filter(scope -> !scope.isSignIn())
                .map(MicrosoftScope::resource)
                .distinct()
                .count();
    }

    private Response refresh(Form form, MicrosoftApp app, TenantPath tenant) {
        return switch (microsoft.grants().refresh(form.text("refresh_token"), app)) {
            case Refresh.Bad(var error) -> error.response();
            case Refresh.Good(var signIn) -> {
                if (!tenant.admits(signIn.user().tenant())) {
                    yield EntraError.OTHER_TENANT.response();
                }
                var scopes = MicrosoftScope.parseAll(form.get("scope").orElse("User.Read"));
                yield scopes.map(wanted -> tokens(signIn, wanted, true, Optional.empty()))
                        .orElseGet(EntraError.SCOPE::response);
            }
        };
    }

    /** For the resource of the first scope; all of it that was consented to. */
    private Response tokens(
            MicrosoftGrants.SignIn signIn,
            Set<MicrosoftScope> wanted,
            boolean withRefreshToken,
            Optional<String> nonce) {
        String resource =
                wanted.stream()
                        .filter(scope -> !scope.isSignIn())
                        .map(MicrosoftScope::resource)
                        .findFirst()
                        .orElse(MicrosoftScope.GRAPH);
        boolean consented =
                wanted.stream()
                        .filter(scope -> scope.resource().equals(resource))
                        .allMatch(scope ->
                                microsoft
                                        .grants()
                                        .hasConsented(signIn.user(), signIn.app(), scope));
        if (!consented) {
            return EntraError.NOT_CONSENTED.response();
        }
        ObjectNode body = answers.of(signIn, resource, wanted);
        if (withRefreshToken) {
            body.put("refresh_token", microsoft.grants().issueRefreshToken(signIn));
        }
        if (wanted.stream().anyMatch(scope -> scope.name().equals("openid"))) {
            body.put("id_token", idToken(signIn, nonce));
        }
        return Response.json(200, body);
    }

    private String idToken(MicrosoftGrants.SignIn signIn, Optional<String> nonce) {
        long now = microsoft.now().getEpochSecond();
        var user = signIn.user();
        ObjectNode claims =
                Json.object()
                        .put("ver", "2.0")
                        .put(
                                "iss",
                                "https://login.microsoftonline.com/%s/v2.0"
                                        .formatted(user.tenant().id()))
                        .put("aud", signIn.app().clientId())
                        .put("sub", subject(signIn))
                        .put("oid", user.objectId())
                        .put("tid", user.tenant().id())
                        .put("preferred_username", user.principalName())
                        .put("iat", now)
                        .put("nbf", now)
                        .put("exp", now + 3_600);
        user.mailAttribute().ifPresent(address -> claims.put("email", address));
        nonce.ifPresent(value -> claims.put("nonce", value));
        return Jwt.sign(SigningKey.ofServers(), claims);
    }

    /** Pairwise: the same user is another for another app. */
    private static String subject(MicrosoftGrants.SignIn signIn) {
        return (signIn.user().objectId() + signIn.app().clientId()).replace("-", "");
    }

    private Response appOnly(Form form, MicrosoftApp app, TenantPath path) {
        var tenant = path.one();
        if (Set.of("common", "consumers", "organizations").contains(path.name())) {
            return EntraError.TENANT_NEEDED.response();
        }
        if (tenant.isEmpty()) {
            return EntraError.TENANT_NOT_FOUND.response();
        }
        if (!app.isFor(tenant.get())) {
            return EntraError.APP_NOT_FOUND.response();
        }
        String scope = form.text("scope");
        if (!scope.matches("https://[^ ]+/\\.default")) {
            return EntraError.SCOPE.response();
        }
        String resource =
                scope.startsWith(MicrosoftScope.GRAPH)
                        ? MicrosoftScope.GRAPH
                        : MicrosoftScope.OUTLOOK;
        String token =
                microsoft
                        .grants()
                        .issueAccessToken(
                                Optional.empty(),
                                app,
                                tenant.get(),
                                resource,
                                tenant.get().roles(app).roles());
        return Response.json(
                200,
                Json.object()
                        .put("token_type", "Bearer")
                        .put("expires_in", microsoft.limit(MicrosoftLimit.ACCESS_TOKEN_SECONDS))
                        .put("ext_expires_in", microsoft.limit(MicrosoftLimit.ACCESS_TOKEN_SECONDS))
                        .put("access_token", token));
    }
}
