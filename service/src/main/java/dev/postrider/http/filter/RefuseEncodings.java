package dev.postrider.http.filter;

import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses compressed bodies, which nothing here unpacks, and says so as RFC 9110 (15.5.16) has it:
 * instead of calling them bad JSON.
 */
final class RefuseEncodings {
    @ServerRequestFilter(preMatching = true)
    Optional<Response> refuse(ContainerRequestContext request) {
        var encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (encoding == null || encoding.isBlank() || encoding.equalsIgnoreCase("identity")) {
            return Optional.empty();
        }
        var problem =
                Problem.of(
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                        "Compressed bodies aren't supported: send the body without a"
                                + " Content-Encoding.");
        return Optional.of(
                Response.fromResponse(problem.response())
                        .header(HttpHeaders.ACCEPT_ENCODING, "identity")
                        .build());
    }
}
