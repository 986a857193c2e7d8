package dev.postrider.door.console.signin;

import dev.postrider.audit.NotAudited;
import dev.postrider.door.console.ConsoleCookie;
import dev.postrider.door.console.ConsoleForm;
import dev.postrider.door.console.ConsolePages;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.WithoutToken;
import dev.postrider.identity.http.ClientAddress;
import dev.postrider.identity.login.ConsoleSessions;
import dev.postrider.identity.login.LogIn;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /console/sign-in} and {@code /console/sign-out}. */
@Path("/console")
@RunOnVirtualThread
@WithoutToken
@NotAudited("logins write their entries themselves, refused ones too")
final class SignInEndpoint {
    private static final String HOME = "/console";

    private final SignInPages signIn;
    private final ConsolePages pages;
    private final ConsoleCookie cookie;
    private final ConsoleSessions sessions;
    private final LogIn logIn;
    private final ClientAddress clientAddress;

    SignInEndpoint(
            SignInPages signIn,
            ConsolePages pages,
            ConsoleCookie cookie,
            ConsoleSessions sessions,
            LogIn logIn,
            ClientAddress clientAddress) {
        this.signIn = signIn;
        this.pages = pages;
        this.cookie = cookie;
        this.sessions = sessions;
        this.logIn = logIn;
        this.clientAddress = clientAddress;
    }

    /** Who is signed in already goes on; who isn't gets the cookie that the form is tied to. */
    @GET
    @Path("/sign-in")
    public Response show(
            @QueryParam("next") @Nullable String next,
            @QueryParam("note") @Nullable String note,
            @Context HttpHeaders headers,
            @Context UriInfo uri) {
        var known = cookie.of(headers, uri);
        if (known.flatMap(token -> sessions.find(token, false)).isPresent()) {
            return pages.goTo(inside(next));
        }
        var token = known.orElseGet(() -> OpaqueToken.random(OpaqueToken.Kind.CONSOLE));
        var leaving =
                "signed_out".equals(note)
                        ? cookie.value(SignInPages.PROVIDER, headers, uri)
                        : Optional.<String>empty();
        return signIn.page(token, inside(next), note == null ? "" : note, leaving, uri);
    }

    /** A path of the console: whoever made the link must not choose where it leads. */
    static String inside(@Nullable String next) {
        return next != null
                        && (next.equals(HOME) || next.matches("/console[/?][!-~&&[^\\\\]]*"))
                        && !next.startsWith("/console/sign-")
                ? next
                : HOME;
    }

    @POST
    @Path("/sign-in")
    public Response signIn(
            InputStream body,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Context HttpServerRequest from)
            throws IOException {
        if (!ConsoleCookie.isOurPage(headers)) {
            // its browser sent no cookie along: another one would sign out who is signed in
            return pages.goTo("/console/sign-in");
        }
        var known = cookie.of(headers, uri);
        var form = ConsoleForm.read(body);
        if (known.isEmpty()
                || form.filter(each -> ConsoleCookie.madeForm(known.get(), each, headers))
                        .isEmpty()) {
            return signIn.again(
                    403,
                    OpaqueToken.random(OpaqueToken.Kind.CONSOLE),
                    HOME,
                    "",
                    "That page was out of date, or your browser keeps no cookies. Try again.",
                    uri);
        }
        var filled = form.get();
        var email = filled.text("email").orElse("");
        var next = inside(filled.text("next").orElse(HOME));
        var password = filled.verbatim("password").orElse("");
        if (email.isEmpty() || password.isEmpty()) {
            return signIn.again(
                    422, known.get(), next, email, "Enter your email and your password.", uri);
        }
        return switch (logIn.with(email, password, clientAddress.of(from))) {
            case LogIn.Result.Done(var user) ->
                    Response.fromResponse(pages.goTo(next))
                            .header(
                                    HttpHeaders.SET_COOKIE,
                                    cookie.setting(sessions.open(user), uri))
                            .build();
            case LogIn.Result.Refused _ ->
                    signIn.again(
                            422,
                            known.get(),
                            next,
                            email,
                            "The email or the password is wrong.",
                            uri);
            case LogIn.Result.Throttled(var pause) -> {
                var seconds = pause.toSeconds() + 1;
                yield Response.fromResponse(
                                signIn.again(
                                        429,
                                        known.get(),
                                        next,
                                        email,
                                        "Too many wrong passwords. Wait %d second%s, then try again."
                                                .formatted(seconds, seconds == 1 ? "" : "s"),
                                        uri))
                        .header(HttpHeaders.RETRY_AFTER, seconds)
                        .build();
            }
            case LogIn.Result.Busy _ ->
                    signIn.again(
                            503,
                            known.get(),
                            next,
                            email,
                            "Many sign in at the moment. Try again in a few seconds.",
                            uri);
        };
    }

    @POST
    @Path("/sign-out")
    public Response signOut(InputStream body, @Context HttpHeaders headers, @Context UriInfo uri)
            throws IOException {
        var known = cookie.of(headers, uri);
        var form = ConsoleForm.read(body);
        var isOurs =
                known.isPresent()
                        && form.filter(each -> ConsoleCookie.madeForm(known.get(), each, headers))
                                .isPresent();
        if (isOurs) {
            sessions.end(known.get());
        }
        var answer = Response.fromResponse(pages.goTo("/console/sign-in", "signed_out"));
        return (isOurs ? answer.header(HttpHeaders.SET_COOKIE, cookie.clearing(uri)) : answer)
                .build();
    }
}
