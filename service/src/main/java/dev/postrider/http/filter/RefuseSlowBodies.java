package dev.postrider.http.filter;

import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets no request's body stall or drip, whatever operation reads it. */
final class RefuseSlowBodies {
    /**
     * @throws IOException when it is known already that the body won't come
     */
    @ServerRequestFilter
    void watch(ContainerRequestContext request, RoutingContext routing) throws IOException {
        var fault = ReadSmallBodies.fault(routing);
        if (fault.isPresent()) {
            throw fault.get();
        }
        if (ReadSmallBodies.isRead(routing)) {
            return;
        }
        if (request.getHeaderString(HttpHeaders.CONTENT_LENGTH) != null
                || request.getHeaderString("Transfer-Encoding") != null) {
            request.setEntityStream(
                    new SlowBodyGuard(request.getEntityStream(), SlowBodyGuard.MAX_STALL));
        }
    }

    @ServerExceptionMapper
    Response tooSlow(SlowBodyGuard.TooSlow e, RoutingContext routing) {
        return answer(
                routing,
                Problem.of(
                        ProblemCode.BODY_TOO_SLOW,
                        "The body stalled for "
                                + SlowBodyGuard.MAX_STALL.toSeconds()
                                + " seconds, or arrived at less than "
                                + SlowBodyGuard.LEAST_RATE
                                + " bytes a second: send it again."));
    }

    @ServerExceptionMapper
    Response brokenOff(SlowBodyGuard.BrokenOff e, RoutingContext routing) {
        return answer(routing, Problem.of(ProblemCode.MALFORMED_REQUEST, "The body ended early."));
    }

    /** What is left of the body is not waited for (RFC 9110, 15.5.9). */
    private static Response answer(RoutingContext routing, Problem problem) {
        routing.addEndHandler(_ -> routing.request().connection().close());
        return Response.fromResponse(problem.response()).header("Connection", "close").build();
    }
}
