package dev.postrider.testkit.provider.google.gmail;

import dev.postrider.testkit.provider.google.state.GoogleError;
import dev.postrider.testkit.provider.google.state.GoogleGrants;
import dev.postrider.testkit.provider.google.state.GoogleLimit;
import dev.postrider.testkit.provider.google.state.GoogleState;
import dev.postrider.testkit.provider.google.state.GoogleSwitch;
import dev.postrider.testkit.provider.google.state.GoogleUser;
import dev.postrider.testkit.provider.http.Request;
import dev.postrider.testkit.provider.http.Response;
import java.util.Optional;
import java.util.function.Function;

/** Whether a call may be made at all: token, API, scope, user and the minute's quota. */
record Admission(GoogleState google, Mailboxes mailboxes) {

    Response admit(
            Request request, Operation operation, Function<GoogleGrants.Grant, Response> then) {
        Optional<GoogleGrants.Grant> grant =
                request.bearer()
                        .flatMap(google.grants()::accessToken)
                        .map(GoogleGrants.AccessToken::grant);
        if (grant.isEmpty()) {
            return GoogleError.AUTH
                    .response()
                    .with("WWW-Authenticate", "Bearer realm=\"https://accounts.google.com/\"");
        }
        return refusal(request, operation, grant.get())
                .map(GoogleError::response)
                .orElseGet(() -> then.apply(grant.get()));
    }

    private Optional<GoogleError> refusal(
            Request request, Operation operation, GoogleGrants.Grant grant) {
        GoogleUser user = grant.user();
        String asked = request.segment("user");
        if (!grant.app().isApiEnabled()) {
            return Optional.of(GoogleError.API_DISABLED);
        }
        if (!operation.isAllowedBy(grant.scopes())) {
            return Optional.of(GoogleError.SCOPES);
        }
        if (!asked.equals("me") && !asked.equalsIgnoreCase(user.email())) {
            return Optional.of(GoogleError.DELEGATION_DENIED);
        }
        if (user.appsDisabled()) {
            return Optional.of(GoogleError.DOMAIN_POLICY);
        }
        if (user.isServiceAccount()) {
            return Optional.of(GoogleError.PRECONDITION);
        }
        if (!user.hasMail()) {
            return Optional.of(GoogleError.MAIL_NOT_ENABLED);
        }
        boolean within =
                mailboxes
                        .quota(user)
                        .take(
                                google.now(),
                                operation.units(),
                                google.limit(GoogleLimit.UNITS_A_MINUTE));
        if (within) {
            return Optional.empty();
        }
        return Optional.of(
                google.on(GoogleSwitch.QUOTA_AS_403)
                        ? GoogleError.QUOTA_403
                        : GoogleError.QUOTA_429);
    }
}
