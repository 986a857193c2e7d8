package dev.postrider.http.filter;

import dev.postrider.log.Journal;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** One line a request: what was asked, by whom, what was answered, how long it took. */
final class LogRequests {
    private static final Journal JOURNAL = Journal.of("http");
    private static final Pattern LINK = Pattern.compile("(/connect/+prc_)[^/]*");
    private static final String BEGUN = LogRequests.class.getName();

    @ServerRequestFilter(preMatching = true)
    void begin(ContainerRequestContext request) {
        request.setProperty(BEGUN, System.nanoTime());
    }

    @ServerResponseFilter
    void end(ContainerRequestContext request, ContainerResponseContext response) {
        var begun = request.getProperty(BEGUN);
        var caller = request.getSecurityContext().getUserPrincipal();
        JOURNAL.event(
                request.getMethod()
                        + " "
                        + withoutToken(request.getUriInfo().getRequestUri().getRawPath()),
                "status",
                response.getStatus(),
                "ms",
                begun instanceof Long nanos ? (System.nanoTime() - nanos) / 1_000_000 : -1,
                "user",
                caller == null ? "-" : caller.getName());
    }

    /** A connect link's path has its secret in it. */
    private static String withoutToken(String path) {
        return LINK.matcher(path).replaceFirst("$1***");
    }
}
