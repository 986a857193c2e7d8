package dev.postrider.testkit.provider.microsoft.graph;

import dev.postrider.testkit.provider.http.Request;
import dev.postrider.testkit.provider.http.Response;
import dev.postrider.testkit.provider.microsoft.state.GraphError;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftGrants;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftLimit;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftScope;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftState;
import dev.postrider.testkit.provider.microsoft.state.MicrosoftUser;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Whether a call may be made at all: token, resource, scope, mailbox and throttles. */
record Admission(MicrosoftState microsoft, Mailboxes mailboxes) {

    /** A call that may be made. */
    record Admitted(MicrosoftUser user, MicrosoftGrants.AccessToken token, Throttle throttle) {}

    /** Of {@code /me}, or of {@code /users/{user}}. */
    Response admit(Request request, Permission permission, Function<Admitted, Response> then) {
        return answer(request, permission, then)
                .with("request-id", UUID.randomUUID().toString())
                .with(
                        "client-request-id",
                        request.header("client-request-id")
                                .orElseGet(() -> UUID.randomUUID().toString()));
    }

    private Response answer(
            Request request, Permission permission, Function<Admitted, Response> then) {
        Optional<MicrosoftGrants.AccessToken> token =
                request.bearer()
                        .flatMap(microsoft.grants()::accessToken)
                        .filter(each -> each.resource().equals(MicrosoftScope.GRAPH));
        if (token.isEmpty()) {
            var error = request.bearer().isEmpty() ? GraphError.NO_TOKEN : GraphError.TOKEN;
            return error.response().with("WWW-Authenticate", "Bearer realm=\"\"");
        }
        Optional<MicrosoftUser> user = user(request, token.get());
        if (user.isEmpty()) {
            return GraphError.USER_NOT_FOUND.response();
        }
        Optional<GraphError> refusal = refusal(token.get(), user.get(), permission);
        if (refusal.isPresent()) {
            return refusal.get().response();
        }
        Throttle throttle = mailboxes.throttle(token.get().app().clientId(), user.get());
        Optional<Response> throttled = throttle.enter(microsoft);
        if (throttled.isPresent()) {
            return throttled.get();
        }
        try {
            return then.apply(new Admitted(user.get(), token.get(), throttle));
        } finally {
            throttle.leave();
        }
    }

    private Optional<MicrosoftUser> user(Request request, MicrosoftGrants.AccessToken token) {
        String named = request.segment("user");
        return named.isEmpty()
                ? token.user()
                : microsoft
                        .users()
                        .find(named)
                        .filter(user -> user.tenant().equals(token.tenant()));
    }

    private static Optional<GraphError> refusal(
            MicrosoftGrants.AccessToken token, MicrosoftUser user, Permission permission) {
        boolean ofUser = token.user().equals(Optional.of(user));
        var roles = user.tenant().roles(token.app());
        boolean allowed =
                permission.names().stream()
                        .anyMatch(name ->
                                token.user().isPresent()
                                        ? ofUser && token.scopes().contains(name)
                                        : roles.roles().contains(name));
        if (!allowed) {
            return Optional.of(GraphError.ACCESS_DENIED);
        }
        boolean inScope =
                token.user().isPresent()
                        || permission.names().stream()
                                .anyMatch(name -> roles.allows(name, user.address()));
        if (!inScope) {
            return Optional.of(GraphError.ODATA_DISABLED);
        }
        if (permission == Permission.PROFILE) {
            return Optional.empty();
        }
        return switch (user.mail()) {
            case HERE, FULL, BLOCKED -> Optional.empty();
            case NONE -> Optional.of(GraphError.ACCESS_DENIED);
            case NOT_ENABLED -> Optional.of(GraphError.NOT_ENABLED);
            case ON_PREMISES -> Optional.of(GraphError.NOT_HOSTED);
        };
    }

    boolean isTooLarge(Request request) {
        return request.body().length > microsoft.limit(MicrosoftLimit.REQUEST_OCTETS);
    }
}
