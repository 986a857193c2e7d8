package dev.postrider.identity.http;

import dev.postrider.http.ProblemCode;
import dev.postrider.identity.ApiKey;
import dev.postrider.identity.Caller;
import dev.postrider.identity.ForMailbox;
import dev.postrider.identity.ForSending;
import dev.postrider.identity.NotForApiKeys;
import dev.postrider.identity.OpaqueToken;
import dev.postrider.identity.TokenCheck;
import dev.postrider.identity.WithoutToken;
import dev.postrider.identity.apikey.ApiKeyRateLimit;
import dev.postrider.identity.apikey.CheckApiKey;
import dev.postrider.identity.issuer.ExternalUsers;
import dev.postrider.identity.login.ConsoleSessions;
import dev.postrider.identity.login.Sessions;
import io.vertx.core.http.HttpServerRequest;
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
 * operation is for anyone. Operations that send ask about a token of late themselves ({@link
 * SendersTokens}). Runs on the operation's own (virtual) thread: it asks the database.
 */
final class RequireToken {
    private final Sessions sessions;
    private final CheckApiKey checkKey;
    private final ApiKeyRateLimit rateLimit;
    private final ExternalUsers externalUsers;
    private final ConsoleSessions consoleSessions;
    private final InnerCalls innerCalls;
    private final SendersTokens senders;

    RequireToken(
            Sessions sessions,
            CheckApiKey checkKey,
            ApiKeyRateLimit rateLimit,
            ExternalUsers externalUsers,
            ConsoleSessions consoleSessions,
            InnerCalls innerCalls,
            SendersTokens senders) {
        this.sessions = sessions;
        this.checkKey = checkKey;
        this.rateLimit = rateLimit;
        this.externalUsers = externalUsers;
        this.consoleSessions = consoleSessions;
        this.innerCalls = innerCalls;
        this.senders = senders;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    Optional<Response> check(
            ContainerRequestContext request, ResourceInfo operation, HttpServerRequest from) {
        if (isForAnyone(operation)) {
            return Optional.empty();
        }
        var headers = request.getHeaders().getOrDefault(HttpHeaders.AUTHORIZATION, List.of());
        return switch (BearerToken.in(headers)) {
            case BearerToken.Absent _ -> Optional.of(TokenRefusals.missing());
            case BearerToken.Empty _ -> Optional.of(TokenRefusals.missing());
            case BearerToken.Malformed(var reason) -> Optional.of(TokenRefusals.invalid(reason));
            case BearerToken.Given(var token) ->
                    check(request, operation, new OpaqueToken(token), from);
        };
    }

    private Optional<Response> check(
            ContainerRequestContext request,
            ResourceInfo operation,
            OpaqueToken token,
            HttpServerRequest from) {
        if (token.kind().isEmpty()) {
            return admit(request, externalUsers.check(token.text()));
        }
        return switch (token.kind().get()) {
            case ACCESS ->
                    admit(
                            request,
                            isForSending(operation)
                                    ? senders.sessionOnCredit(token)
                                    : sessions.check(token));
            case API_KEY, COMPATIBLE_API_KEY -> checkKey(request, operation, token);
            case REFRESH ->
                    Optional.of(
                            TokenRefusals.invalid(
                                    "This is a refresh token: POST /token gives an access token for"
                                            + " it."));
            case CONNECT, BROWSER, STATE ->
                    Optional.of(
                            TokenRefusals.invalid(
                                    "This is a part of a connect link, not a token."));
            case CONSOLE ->
                    innerCalls.isOne(from)
                            ? admit(request, consoleSessions.check(token))
                            : Optional.of(
                                    TokenRefusals.invalid(
                                            "This is a browser's session, not a token."));
            case TICKET ->
                    Optional.of(
                            TokenRefusals.invalid(
                                    "This is a ticket for POST /password, not a token."));
        };
    }

    private static Optional<Response> admit(ContainerRequestContext request, TokenCheck check) {
        return switch (check) {
            case TokenCheck.Good(var caller) -> {
                admit(request, caller);
                yield Optional.empty();
            }
            case TokenCheck.Bad(var reason) -> Optional.of(TokenRefusals.invalid(reason));
            case TokenCheck.Unavailable why -> Optional.of(TokenRefusals.unavailable(why));
        };
    }

    private static void admit(ContainerRequestContext request, Caller caller) {
        var tls = request.getSecurityContext().isSecure();
        request.setSecurityContext(new CallerContext(caller, tls));
    }

    private Optional<Response> checkKey(
            ContainerRequestContext request, ResourceInfo operation, OpaqueToken secret) {
        var caller = isForSending(operation) ? senders.keyOnCredit(secret) : checkKey.of(secret);
        if (caller.isEmpty()) {
            return Optional.of(TokenRefusals.invalidKey());
        }
        var key = caller.get().key().orElseThrow();
        var left = rateLimit.count(key);
        request.setProperty(RateLimitHeaders.LEFT, left);
        if (left.isTooMany()) {
            if (caller.get().isOnCredit() && checkKey.of(secret).isEmpty()) {
                return Optional.of(TokenRefusals.invalidKey());
            }
            return Optional.of(
                    ProblemCode.RATE_LIMIT_EXCEEDED.response(
                            "This API key may make "
                                    + left.limit()
                                    + " requests a second: wait a second."));
        }
        var method = operation.getResourceMethod();
        if (method.isAnnotationPresent(NotForApiKeys.class)) {
            return Optional.of(
                    restricted("API keys can't change passwords or users: log in for that."));
        }
        if (!mayCall(key, method)) {
            return Optional.of(
                    restricted(
                            key.permission() == ApiKey.Permission.SENDING_ACCESS
                                    ? "This API key may only send emails."
                                    : "This API key may only handle the emails of one mailbox."));
        }
        admit(request, caller.get());
        return Optional.empty();
    }

    private static Response restricted(String reason) {
        return ProblemCode.RESTRICTED_API_KEY.response(reason);
    }

    private static boolean mayCall(ApiKey key, Method operation) {
        if (operation.isAnnotationPresent(ForSending.class)) {
            return true;
        }
        return key.permission() == ApiKey.Permission.FULL_ACCESS
                && (key.mailboxId().isEmpty() || operation.isAnnotationPresent(ForMailbox.class));
    }

    private static boolean isForSending(ResourceInfo operation) {
        return operation.getResourceMethod().isAnnotationPresent(ForSending.class);
    }

    private static boolean isForAnyone(ResourceInfo operation) {
        return operation.getResourceMethod().isAnnotationPresent(WithoutToken.class)
                || operation.getResourceClass().isAnnotationPresent(WithoutToken.class);
    }
}
