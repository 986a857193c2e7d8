package dev.postrider.identity.login.http;

import dev.postrider.audit.NotAudited;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.WithoutToken;
import dev.postrider.identity.http.ClientAddress;
import dev.postrider.identity.login.LogIn;
import dev.postrider.identity.login.Sessions;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * OAuth 2's token and revocation endpoints (RFC 6749, 3.2; RFC 7009). Clients are not registered,
 * so what they send of themselves (a client id, a Basic header) is not looked at, and a well-formed
 * scope means nothing.
 */
@Path("/token")
@RunOnVirtualThread
@WithoutToken
@SecurityRequirements
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sign-in")
final class TokenEndpoint {
    private final LogIn logIn;
    private final Sessions sessions;
    private final ClientAddress clientAddress;

    TokenEndpoint(LogIn logIn, Sessions sessions, ClientAddress clientAddress) {
        this.logIn = logIn;
        this.sessions = sessions;
        this.clientAddress = clientAddress;
    }

    @POST
    @Operation(
            summary = "Log in, or refresh a login",
            description =
                    "grant_type=password with username (the email address) and password, or"
                            + " grant_type=refresh_token with refresh_token. A refresh token is valid for"
                            + " one use: a second use ends the session.")
    @RequestBodySchema(TokenRequest.class)
    @APIResponseSchema(
            value = TokenAnswer.class,
            responseCode = "200",
            responseDescription = "Tokens")
    @APIResponse(
            responseCode = "400",
            description = "Not granted (RFC 6749, section 5.2)",
            content = @Content(schema = @Schema(implementation = OAuthError.class)))
    @APIResponse(
            responseCode = "429",
            description = "Too many wrong passwords: wait as long as Retry-After says")
    @NotAudited("logins write their entries themselves, refused ones too")
    public Response token(InputStream body, @Context HttpServerRequest from) throws IOException {
        return answer(body, form -> grant(form, clientAddress.of(from)));
    }

    @POST
    @Path("/revoke")
    @Operation(
            summary = "Log out",
            description =
                    "Ends the session of an access or a refresh token, and with it all its"
                            + " tokens (RFC 7009). An unknown token gets the same answer.")
    @RequestBodySchema(RevocationRequest.class)
    @APIResponse(responseCode = "200", description = "The token is revoked")
    @APIResponse(
            responseCode = "400",
            description = "No token",
            content = @Content(schema = @Schema(implementation = OAuthError.class)))
    @NotAudited("whoever has the token may end it; it says nothing of a person")
    public Response revoke(InputStream body) throws IOException {
        return answer(body, this::revoke);
    }

    /** Neither tokens nor what became of them may be kept by a cache (RFC 6749, 5.1). */
    private static Response answer(InputStream body, Function<Form, Response> operation)
            throws IOException {
        var response =
                switch (Form.read(body)) {
                    case Form.Read.Parsed(var form) -> operation.apply(form);
                    case Form.Read.Malformed(var reason) ->
                            refuse(OAuthError.invalidRequest(reason));
                    case Form.Read.TooLarge(var max) ->
                            ProblemCode.BODY_TOO_LARGE.response(
                                    "The body is larger than " + max + " bytes.");
                };
        return Response.fromResponse(response)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Pragma", "no-cache")
                .build();
    }

    private Response grant(Form form, String address) {
        var scope = form.parameter("scope");
        if (scope.isPresent() && !isScope(scope.get())) {
            return refuse(OAuthError.invalidScope("scope is not a list of scopes."));
        }
        var grantType = form.parameter("grant_type");
        if (grantType.isEmpty()) {
            return missing("grant_type");
        }
        return switch (grantType.get()) {
            case "password" -> logIn(form, address);
            case "refresh_token" -> refresh(form);
            case String _ ->
                    refuse(
                            OAuthError.unsupportedGrantType(
                                    "grant_type must be password or refresh_token."));
        };
    }

    /**
     * RFC 6749, 3.3: words of printable ASCII without quotes and backslashes, a space between them.
     * By hand: a pattern for it recurses once for each word.
     */
    private static boolean isScope(String text) {
        return Arrays.stream(text.split(" ", -1))
                .allMatch(word ->
                        !word.isEmpty()
                                && word.chars()
                                        .allMatch(
                                                c -> c > ' ' && c < 0x7f && c != '"' && c != '\\'));
    }

    private Response logIn(Form form, String address) {
        var username = form.parameter("username");
        var password = form.parameter("password");
        if (username.isEmpty() || password.isEmpty()) {
            return missing(username.isEmpty() ? "username" : "password");
        }
        return switch (logIn.with(username.get(), password.get(), address)) {
            case LogIn.Result.Done(var user) ->
                    Response.ok(TokenAnswer.of(sessions.open(user))).build();
            case LogIn.Result.Refused _ ->
                    refuse(OAuthError.invalidGrant("The username or the password is wrong."));
            case LogIn.Result.Throttled(var pause) -> PasswordAnswers.throttled(pause);
            case LogIn.Result.Busy _ -> PasswordAnswers.busy();
        };
    }

    private Response refresh(Form form) {
        var token = form.parameter("refresh_token");
        if (token.isEmpty()) {
            return missing("refresh_token");
        }
        return sessions.refresh(new OpaqueToken(token.get()))
                .map(tokens -> Response.ok(TokenAnswer.of(tokens)).build())
                .orElseGet(() ->
                        refuse(
                                OAuthError.invalidGrant(
                                        "The refresh token is unknown, expired, revoked or"
                                                + " used before: log in again.")));
    }

    private Response revoke(Form form) {
        var token = form.parameter("token");
        if (token.isEmpty()) {
            return missing("token");
        }
        sessions.revoke(new OpaqueToken(token.get()));
        return Response.ok().build();
    }

    private static Response missing(String parameter) {
        return refuse(OAuthError.invalidRequest("The parameter " + parameter + " is missing."));
    }

    private static Response refuse(OAuthError error) {
        return Response.status(error.problem().status()).entity(error).build();
    }
}
