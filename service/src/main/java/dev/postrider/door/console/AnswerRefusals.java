package dev.postrider.door.console;

import dev.postrider.door.console.call.ApiRefusal;
import dev.postrider.http.Problem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** What goes wrong at a page is told by a page. */
final class AnswerRefusals {
    private static final String BELOW = "/console";

    private final ConsolePages pages;

    AnswerRefusals(ConsolePages pages) {
        this.pages = pages;
    }

    /** A page whose parts the API refuses. */
    @ServerExceptionMapper
    Response answer(ApiRefusal refusal, ContainerRequestContext request) {
        return pages.problem(Visit.of(request.getSecurityContext()), refusal.refused());
    }

    /** What the program answers by itself: no such page, a fault of ours. */
    @ServerResponseFilter
    void answer(ContainerRequestContext request, ContainerResponseContext response) {
        var path = request.getUriInfo().getPath();
        if ((path.equals(BELOW) || path.startsWith(BELOW + "/"))
                && response.getEntity() instanceof Problem problem) {
            var page = page(problem, request);
            response.setEntity(page.getEntity());
            response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, page.getMediaType());
            response.getHeaders()
                    .putSingle(
                            ConsolePages.POLICY_HEADER,
                            page.getHeaderString(ConsolePages.POLICY_HEADER));
        }
    }

    private Response page(Problem problem, ContainerRequestContext request) {
        var visitor =
                request.getSecurityContext().getUserPrincipal() instanceof Visit visit
                        ? Optional.of(visit)
                        : Optional.<Visit>empty();
        return problem.status() == 404
                ? pages.problem(
                        404,
                        visitor,
                        "Not here",
                        "There is no page at this address. It may have been mistyped, or the page"
                                + " is gone.")
                : pages.problem(problem.status(), visitor, problem.title(), problem.detail());
    }
}
