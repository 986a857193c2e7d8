package dev.postrider.door.console;

import dev.postrider.door.console.call.CallApi;
import dev.postrider.door.console.call.OnBehalf;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.http.ClientAddress;
import dev.postrider.identity.login.ConsoleSessions;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Lets a request through to its page when its browser has a session that is good now, and a form
 * only when it is of one of our own pages. Everybody else is led to where one signs in, and from
 * there back. Runs on the page's own (virtual) thread: it asks the database.
 */
final class EnterConsole {
    private final ConsoleCookie cookie;
    private final ConsoleSessions sessions;
    private final CallApi calls;
    private final ClientAddress clientAddress;
    private final ConsolePages pages;
    private final InstantSource clock;

    EnterConsole(
            ConsoleCookie cookie,
            ConsoleSessions sessions,
            CallApi calls,
            ClientAddress clientAddress,
            ConsolePages pages,
            InstantSource clock) {
        this.cookie = cookie;
        this.sessions = sessions;
        this.calls = calls;
        this.clientAddress = clientAddress;
        this.pages = pages;
        this.clock = clock;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION + 1)
    Optional<Response> enter(
            ContainerRequestContext request,
            ResourceInfo page,
            HttpHeaders headers,
            UriInfo uri,
            HttpServerRequest from)
            throws IOException {
        if (!page.getResourceClass().isAnnotationPresent(ConsolePage.class)) {
            return Optional.empty();
        }
        var asked = new Asked(request, headers, uri);
        var token = cookie.of(headers, uri);
        var found = token.flatMap(each -> sessions.find(each, !asked.isPart()));
        if (token.isEmpty() || found.isEmpty()) {
            return Optional.of(pages.signInFirst(asked.path(), asked.isPart()));
        }
        var form = asked.isForm() ? ConsoleForm.read(request.getEntityStream()) : NO_FORM;
        if (asked.isForm()
                && form.filter(each -> ConsoleCookie.madeForm(token.get(), each, headers))
                        .isEmpty()) {
            return Optional.of(pages.staleForm());
        }
        var visit = visit(asked, token.get(), found.get(), form, from);
        var tls = request.getSecurityContext().isSecure();
        request.setSecurityContext(new VisitContext(visit, tls));
        return Optional.empty();
    }

    private static final Optional<ConsoleForm> NO_FORM = Optional.empty();

    private Visit visit(
            Asked asked,
            OpaqueToken token,
            ConsoleSessions.SignedIn signedIn,
            Optional<ConsoleForm> form,
            HttpServerRequest from) {
        var whom =
                new OnBehalf(
                        token,
                        clientAddress.of(from),
                        cookie.isByTls(asked.uri()) ? "https" : "http",
                        from.authority() == null ? "localhost" : from.authority().toString());
        return new Visit(
                signedIn.caller(),
                signedIn.workspace(),
                calls.of(whom),
                form,
                ConsoleCookie.formToken(token),
                ReaderZone.of(asked.headers()),
                clock.instant(),
                asked.path(),
                whom.scheme() + "://" + whom.host(),
                asked.isPart());
    }

    /** A request for a page. */
    private record Asked(ContainerRequestContext request, HttpHeaders headers, UriInfo uri) {
        boolean isForm() {
            return !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
        }

        boolean isPart() {
            return headers.getHeaderString("HX-Request") != null;
        }

        String path() {
            var raw = uri.getRequestUri();
            return raw.getRawQuery() == null
                    ? raw.getRawPath()
                    : raw.getRawPath() + "?" + raw.getRawQuery();
        }
    }

    /** A visitor, in the form that the framework hands on. */
    private record VisitContext(Visit visit, boolean overTls) implements SecurityContext {
        @Override
        public Visit getUserPrincipal() {
            return visit;
        }

        @Override
        public boolean isUserInRole(String role) {
            return visit.caller().role().code().equals(role);
        }

        @Override
        public boolean isSecure() {
            return overTls;
        }

        @Override
        public String getAuthenticationScheme() {
            return "Cookie";
        }
    }
}
