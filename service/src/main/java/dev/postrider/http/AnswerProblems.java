package dev.postrider.http;

import dev.postrider.log.Journal;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Turns whatever the framework or a bug throws into a {@link Problem}. */
final class AnswerProblems {
    private static final Journal JOURNAL = Journal.of("http");
    private static final MediaType PROBLEM_JSON = new MediaType("application", "problem+json");

    private final Routes routes;

    AnswerProblems(Routes routes) {
        this.routes = routes;
    }

    @ServerExceptionMapper
    Response notFound(NotFoundException e, UriInfo uri, HttpServerRequest request) {
        return routes.at(uri.getPath()).isEmpty()
                ? ProblemCode.NOT_FOUND.response(
                        "There is nothing at "
                                + uri.getPath()
                                + ": the operations are listed at /docs.")
                : notAllowed(uri, request);
    }

    @ServerExceptionMapper
    Response notAllowed(NotAllowedException e, UriInfo uri, HttpServerRequest request) {
        return notAllowed(uri, request);
    }

    private Response notAllowed(UriInfo uri, HttpServerRequest request) {
        var allowed = String.join(", ", routes.at(uri.getPath()));
        var answer =
                ProblemCode.METHOD_NOT_ALLOWED.response(
                        request.method() + " is not an operation here, but " + allowed + ".");
        // RFC 9110, 15.5.6
        return Response.fromResponse(answer).header(HttpHeaders.ALLOW, allowed).build();
    }

    @ServerExceptionMapper
    Response notAcceptable(NotAcceptableException e) {
        return ProblemCode.NOT_ACCEPTABLE.response(
                "The Accept header asks for a type that isn't available: operations answer"
                        + " application/json, errors also application/problem+json.");
    }

    @ServerExceptionMapper
    Response notSupported(NotSupportedException e, HttpHeaders headers) {
        return ProblemCode.UNSUPPORTED_MEDIA_TYPE.response(
                "The body's Content-Type "
                        + headers.getHeaderString(HttpHeaders.CONTENT_TYPE)
                        + " isn't supported: send application/json (POST /token:"
                        + " application/x-www-form-urlencoded).");
    }

    @ServerExceptionMapper
    Response other(WebApplicationException e) {
        var status = e.getResponse().getStatus();
        if (status >= 500) {
            return bug(e);
        }
        var code =
                switch (status) {
                    case 401 -> ProblemCode.INVALID_TOKEN;
                    case 403 -> ProblemCode.FORBIDDEN;
                    case 404 -> ProblemCode.NOT_FOUND;
                    case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
                    case 406 -> ProblemCode.NOT_ACCEPTABLE;
                    case 413 -> ProblemCode.BODY_TOO_LARGE;
                    case 415 -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
                    default -> ProblemCode.MALFORMED_REQUEST;
                };
        return code.response(code.title() + ".");
    }

    @ServerExceptionMapper
    Response bug(Throwable e) {
        JOURNAL.failure("request failed", e);
        return ProblemCode.INTERNAL_ERROR.response(
                "This is an error in the server; its log says more. Try again later.");
    }

    /** RFC 9457's media type for those who ask for it, plain JSON for all others. */
    @ServerResponseFilter
    void nameMediaType(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Problem problem) {
            if (SdkProblem.isFor(request.getHeaderString(HttpHeaders.USER_AGENT))) {
                response.setEntity(SdkProblem.of(problem));
            }
            var asked = request.getAcceptableMediaTypes().stream().anyMatch(PROBLEM_JSON::equals);
            response.getHeaders()
                    .putSingle(
                            HttpHeaders.CONTENT_TYPE,
                            asked ? PROBLEM_JSON : MediaType.APPLICATION_JSON_TYPE);
        }
    }
}
