package dev.postrider.door.console.signin;

import dev.postrider.audit.NotAudited;
import dev.postrider.door.console.ConsoleCookie;
import dev.postrider.door.console.ConsolePages;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.http.PublicUrl;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.WithoutToken;
import dev.postrider.identity.http.ClientAddress;
import dev.postrider.identity.issuer.BeginSignIn;
import dev.postrider.identity.issuer.FinishSignIn;
import dev.postrider.identity.issuer.SignInAnswer;
import dev.postrider.identity.issuer.SignInResult;
import dev.postrider.identity.login.ConsoleSessions;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /console/sign-in/openid/ID}: to an OpenID provider, back from it, and away from it. */
@Path("/console/sign-in/openid/{id}")
@RunOnVirtualThread
@WithoutToken
@NotAudited("sign-ins write their entries themselves, refused ones too")
final class OpenIdEndpoint {
    private static final String TICKET = "ticket";
    private static final String HOME = "/console";

    /** As long as a session may last. */
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private static final int SEE_OTHER = 303;

    private final SignInPages signIn;
    private final ConsolePages pages;
    private final ConsoleCookie cookie;
    private final ConsoleSessions sessions;
    private final BeginSignIn begin;
    private final FinishSignIn finish;
    private final ClientAddress clientAddress;
    private final PublicUrl publicUrl;

    OpenIdEndpoint(
            SignInPages signIn,
            ConsolePages pages,
            ConsoleCookie cookie,
            ConsoleSessions sessions,
            BeginSignIn begin,
            FinishSignIn finish,
            ClientAddress clientAddress,
            PublicUrl publicUrl) {
        this.signIn = signIn;
        this.pages = pages;
        this.cookie = cookie;
        this.sessions = sessions;
        this.begin = begin;
        this.finish = finish;
        this.clientAddress = clientAddress;
        this.publicUrl = publicUrl;
    }

    @GET
    @Path("/begin")
    public Response begin(
            @PathParam("id") String id,
            @QueryParam("next") @Nullable String next,
            @Context HttpHeaders headers,
            @Context UriInfo uri) {
        var where = SignInEndpoint.inside(next);
        return switch (begin.begin(id, url(uri, SignInPages.BELOW + id), where)) {
            case BeginSignIn.Begun.Elsewhere(var page, var ticket) ->
                    Response.status(SEE_OTHER)
                            .location(page)
                            .header(
                                    HttpHeaders.SET_COOKIE,
                                    cookie.setting(TICKET, ticket, BeginSignIn.PATIENCE, uri))
                            .build();
            case BeginSignIn.Begun.NoSuchProvider _ -> noSuchPage();
            case BeginSignIn.Begun.NotNow(var sentence) ->
                    again(503, where, sentence, headers, uri);
        };
    }

    /** Where the provider leads back to. */
    @GET
    public Response finish(
            @PathParam("id") String id,
            @QueryParam("state") @Nullable String state,
            @QueryParam("code") @Nullable String code,
            @QueryParam("iss") @Nullable String iss,
            @QueryParam("error") @Nullable String error,
            @QueryParam("error_description") @Nullable String description,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context HttpServerRequest from) {
        var answer =
                new SignInAnswer(
                        Optional.ofNullable(state),
                        Optional.ofNullable(code),
                        Optional.ofNullable(iss),
                        Optional.ofNullable(error),
                        Optional.ofNullable(description));
        var ticket = cookie.value(TICKET, headers, uri).orElse("");
        var result = finish.finish(id, ticket, answer, clientAddress.of(from));
        var response =
                switch (result) {
                    case SignInResult.Done(var user, var provider, var next) ->
                            Response.fromResponse(pages.goTo(next))
                                    .header(
                                            HttpHeaders.SET_COOKIE,
                                            cookie.setting(sessions.open(user), uri))
                                    .header(
                                            HttpHeaders.SET_COOKIE,
                                            cookie.setting(
                                                    SignInPages.PROVIDER,
                                                    provider,
                                                    REMEMBERED,
                                                    uri))
                                    .build();
                    case SignInResult.Refused(var sentence) ->
                            again(403, HOME, sentence, headers, uri);
                    case SignInResult.NotNow(var sentence) ->
                            again(503, HOME, sentence, headers, uri);
                };
        return Response.fromResponse(response)
                .header(HttpHeaders.SET_COOKIE, cookie.setting(TICKET, "", Duration.ZERO, uri))
                .build();
    }

    /** To the provider's page for signing out there, too. */
    @GET
    @Path("/end")
    public Response end(@PathParam("id") String id, @Context UriInfo uri) {
        var page = begin.endPage(id, url(uri, "/console/sign-in"));
        return Response.fromResponse(
                        page.map(to -> Response.status(SEE_OTHER).location(to).build())
                                .orElseGet(() -> pages.goTo("/console/sign-in")))
                .header(
                        HttpHeaders.SET_COOKIE,
                        cookie.setting(SignInPages.PROVIDER, "", Duration.ZERO, uri))
                .build();
    }

    /** Who is signed in stays so: anybody can make a link to here. */
    private Response again(
            int status, String next, String sentence, HttpHeaders headers, UriInfo uri) {
        var token =
                cookie.of(headers, uri)
                        .orElseGet(() -> OpaqueToken.random(OpaqueToken.Kind.CONSOLE));
        return signIn.again(status, token, next, "", sentence, uri);
    }

    private URI url(UriInfo uri, String path) {
        return URI.create(publicUrl.or(uri.getBaseUri()) + path);
    }

    private static Response noSuchPage() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no such provider.").response();
    }
}
