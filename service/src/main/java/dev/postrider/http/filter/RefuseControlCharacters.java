package dev.postrider.http.filter;

import dev.postrider.http.ProblemCode;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Finds nothing at a path with control characters in it, before anybody writes that path down: the
 * database takes no NUL in a text, and a log no line ends.
 */
final class RefuseControlCharacters {
    @ServerRequestFilter(preMatching = true)
    Optional<Response> refuse(ContainerRequestContext request) {
        return request.getUriInfo().getPath().chars().anyMatch(Character::isISOControl)
                ? Optional.of(
                        ProblemCode.NOT_FOUND.response(
                                "There is nothing at a path with control characters in it."))
                : Optional.empty();
    }
}
