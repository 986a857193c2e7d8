package dev.postrider.identity;

import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Lets a request through to its operation when it has a bearer token that is good now, or when the
 * operation is for anyone. Runs on the operation's own (virtual) thread: it asks the database.
 */
final class RequireToken {
    private static final String CHALLENGE = "Bearer realm=\"postrider\"";

    private final Identity identity;

    RequireToken(Identity identity) {
        this.identity = identity;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    Optional<Response> check(ContainerRequestContext request, ResourceInfo operation) {
        if (isForAnyone(operation)) {
            return Optional.empty();
        }
        var headers = request.getHeaders().getOrDefault(HttpHeaders.AUTHORIZATION, List.of());
        return switch (BearerToken.in(headers)) {
            case BearerToken.Absent _ -> Optional.of(missing());
            case BearerToken.Malformed(var reason) -> Optional.of(invalid(reason));
            case BearerToken.Given(var token) ->
                    switch (identity.checkToken().of(token)) {
                        case CheckToken.Result.Good(var caller) -> {
                            var tls = request.getSecurityContext().isSecure();
                            request.setSecurityContext(new CallerContext(caller, tls));
                            yield Optional.empty();
                        }
                        case CheckToken.Result.Bad(var reason) -> Optional.of(invalid(reason));
                    };
        };
    }

    private static boolean isForAnyone(ResourceInfo operation) {
        return operation.getResourceMethod().isAnnotationPresent(WithoutToken.class)
                || operation.getResourceClass().isAnnotationPresent(WithoutToken.class);
    }

    /** Who gave no token is told no error (RFC 6750, 3.1). */
    private static Response missing() {
        return refusal(
                ProblemCode.MISSING_TOKEN,
                "Send the header 'Authorization: Bearer TOKEN'; POST /token gives one.",
                CHALLENGE);
    }

    private static Response invalid(String reason) {
        return refusal(
                ProblemCode.INVALID_TOKEN,
                reason,
                CHALLENGE
                        + ", error=\"invalid_token\", error_description=\"%s\"".formatted(reason));
    }

    private static Response refusal(ProblemCode code, String detail, String challenge) {
        return Response.fromResponse(Problem.of(code, detail).response())
                .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
                .build();
    }
}
