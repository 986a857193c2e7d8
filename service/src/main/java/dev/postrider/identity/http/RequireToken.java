package dev.postrider.identity.http;

import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.ApiKey;
import dev.postrider.identity.ForMailbox;
import dev.postrider.identity.ForSending;
import dev.postrider.identity.Identity;
import dev.postrider.identity.WithoutToken;
import dev.postrider.identity.apikey.KeySecret;
import dev.postrider.identity.issuer.CheckToken;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
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
            case BearerToken.Given(var token) when KeySecret.looksLike(token) ->
                    checkKey(request, operation, new KeySecret(token));
            case BearerToken.Given(var token) ->
                    switch (identity.checkToken().of(token)) {
                        case CheckToken.Result.Good(var caller) -> {
                            var tls = request.getSecurityContext().isSecure();
                            request.setSecurityContext(new CallerContext(caller, tls));
                            yield Optional.empty();
                        }
                        case CheckToken.Result.Bad(var reason) -> Optional.of(invalid(reason));
                        case CheckToken.Result.Unavailable(var reason) ->
                                Optional.of(Problem.of(ProblemCode.UNAVAILABLE, reason).response());
                    };
        };
    }

    private Optional<Response> checkKey(
            ContainerRequestContext request, ResourceInfo operation, KeySecret secret) {
        var caller = identity.checkKey().of(secret);
        if (caller.isEmpty()) {
            return Optional.of(
                    Problem.of(
                                    ProblemCode.INVALID_API_KEY,
                                    "API key is invalid: it is unknown, or has been revoked.")
                            .response());
        }
        var key = caller.get().key().orElseThrow();
        var left = identity.limitRate().count(key);
        request.setProperty(RateLimitHeaders.LEFT, left);
        if (left.isTooMany()) {
            return Optional.of(
                    Problem.of(
                                    ProblemCode.RATE_LIMIT_EXCEEDED,
                                    "This API key may make "
                                            + left.limit()
                                            + " requests a second: wait a second.")
                            .response());
        }
        if (!mayCall(key, operation.getResourceMethod())) {
            return Optional.of(
                    Problem.of(
                                    ProblemCode.RESTRICTED_API_KEY,
                                    key.permission() == ApiKey.Permission.SENDING_ACCESS
                                            ? "This API key only sends emails."
                                            : "This API key is for the emails of one mailbox.")
                            .response());
        }
        var tls = request.getSecurityContext().isSecure();
        request.setSecurityContext(new CallerContext(caller.get(), tls));
        return Optional.empty();
    }

    private static boolean mayCall(ApiKey key, Method operation) {
        if (operation.isAnnotationPresent(ForSending.class)) {
            return true;
        }
        return key.permission() == ApiKey.Permission.FULL_ACCESS
                && (key.mailboxId().isEmpty() || operation.isAnnotationPresent(ForMailbox.class));
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
