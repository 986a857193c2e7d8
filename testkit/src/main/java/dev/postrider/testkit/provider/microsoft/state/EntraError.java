package dev.postrider.testkit.provider.microsoft.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.Secrets;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.http.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** What the token endpoint answers when it gives no token; the number is its AADSTS code. */
public enum EntraError {
    // The grant
    INVALID_GRANT(70000, "invalid_grant", "The provided grant is invalid or malformed."),
    CODE_EXPIRED(70008, "invalid_grant", "The provided authorization code has expired."),
    CODE_REDEEMED(
            54005,
            "invalid_grant",
            "OAuth2 Authorization code was already redeemed, please retry with a new valid code or"
                    + " use an existing refresh token."),
    VERIFIER(
            501481,
            "invalid_grant",
            "The Code_Verifier does not match the code_challenge supplied in the authorization"
                    + " request."),
    CODE_OF_OTHER_TENANT(
            700005,
            "invalid_grant",
            "Provided Authorization Code is intended to use against other tenant, thus rejected."),
    REVOKED(
            50173,
            "invalid_grant",
            "The provided grant has expired due to it being revoked, a fresh auth token is needed."),
    UNUSED(
            700082,
            "invalid_grant",
            "The refresh token has expired due to inactivity. It was inactive for 90.00:00:00."),
    SPA_EXPIRED(
            700084,
            "invalid_grant",
            "The refresh token was issued to a single page app (SPA), and therefore has a fixed,"
                    + " limited lifetime of 1.00:00:00, which can't be extended."),
    SIGN_IN_FREQUENCY(
            70043,
            "invalid_grant",
            "The refresh token has expired or is invalid due to sign-in frequency checks by"
                    + " conditional access."),
    MFA_ENROLL(50072, "interaction_required", "The user must enroll in multi-factor."),
    MFA(
            50076,
            "interaction_required",
            "Due to a configuration change made by your administrator, you must use multi-factor"
                    + " authentication to access the resource."),
    MFA_REQUIRED(50074, "interaction_required", "Strong authentication is required."),
    MFA_EXPIRED(50078, "interaction_required", "Presented multi-factor authentication expired."),
    MFA_REGISTER(50079, "interaction_required", "The user is required to use multi-factor."),
    SESSION_NOT_VALID(50132, "invalid_grant", "Session isn't valid: password was changed."),
    SESSION_PASSWORD(
            50133,
            "invalid_grant",
            "Session isn't valid due to password expiration or recent password change."),
    FLOW_TOKEN_EXPIRED(50089, "invalid_grant", "Flow token expired."),
    NO_SOCIAL_TOKEN(50085, "invalid_grant", "Refresh token needs social IDP login."),
    NOT_CONSENTED(
            65001,
            "invalid_grant",
            "The user or administrator has not consented to use the application."),
    DECLINED(65004, "access_denied", "User declined to consent to access the app."),
    NOT_ASSIGNED(
            50105,
            "invalid_grant",
            "The signed in user is not assigned to a role for the application."),
    DEVICE_NOT_COMPLIANT(53000, "interaction_required", "Device is not in required state."),
    DEVICE_NOT_JOINED(53001, "interaction_required", "Device is not domain joined."),
    APP_NOT_APPROVED(53002, "interaction_required", "The app used is not an approved app."),
    BLOCKED_BY_POLICY(
            53003,
            "interaction_required",
            "Access has been blocked by Conditional Access policies."),
    RISK(53011, "interaction_required", "User blocked due to risk on home tenant."),
    BLOCKED_BY_SECURITY(
            530032, "interaction_required", "Tenant security policy does not allow this request."),
    DISABLED(50057, "invalid_grant", "The user account is disabled."),
    USER_NOT_FOUND(50034, "invalid_grant", "The user account does not exist in the directory."),
    OTHER_TENANT(
            50020,
            "invalid_grant",
            "User account from identity provider does not exist in tenant."),
    GUEST(51004, "invalid_grant", "The user account doesn't exist in the directory."),
    GUEST_REDEMPTION(50014, "invalid_grant", "The guest user account isn't fully set up."),
    SELECT_ACCOUNT(16000, "interaction_required", "Account selection required."),
    DEVICE_AUTHENTICATION(50097, "interaction_required", "Device authentication is required."),
    EXTERNAL_CHALLENGE(50158, "interaction_required", "External security challenge not satisfied."),

    // The app
    WRONG_SECRET(
            7000215,
            "invalid_client",
            "Invalid client secret provided. Ensure the secret being sent in the request is the"
                    + " client secret value, not the client secret ID."),
    SECRET_EXPIRED(7000222, "invalid_client", "The provided client secret keys are expired."),
    ASSERTION(
            700027,
            "invalid_client",
            "The certificate with identifier used to sign the client assertion is not registered on"
                    + " application."),
    ASSERTION_NOT_VALID(50012, "invalid_client", "Authentication failed: invalid assertion."),
    NO_SECRET(
            7000218,
            "invalid_client",
            "The request body must contain the following parameter: 'client_assertion' or"
                    + " 'client_secret'."),
    PUBLIC_CLIENT(
            700025,
            "invalid_client",
            "Client is public so neither 'client_assertion' nor 'client_secret' should be"
                    + " presented."),
    APP_NOT_FOUND(
            700016,
            "unauthorized_client",
            "Application was not found in the directory. This can happen if the application has not"
                    + " been installed by the administrator of the tenant."),
    APP_DISABLED(7000112, "unauthorized_client", "Application is disabled."),
    APP_NOT_SUPPORTED(70001, "unauthorized_client", "The application named was not found."),

    // The request
    REDIRECT(
            50011,
            "invalid_request",
            "The redirect URI specified in the request does not match the redirect URIs configured"
                    + " for the application."),
    PARAMETER_MISSING(
            900144, "invalid_request", "The request body must contain a required parameter."),
    FIELD_MISSING(90014, "invalid_request", "The required field is missing from the credential."),
    INVALID_INPUT(90013, "invalid_request", "Invalid input received from the user."),
    SCOPE(
            70011,
            "invalid_scope",
            "The provided value for the input parameter 'scope' is not valid."),
    MORE_THAN_ONE_RESOURCE(
            28000,
            "invalid_request",
            "Provided value for the input parameter scope is not valid because it contains more than"
                    + " one resource."),
    NO_RESOURCE(28002, "invalid_request", "Provided value for scope is not valid."),
    SINGLE_TENANT(
            50194,
            "invalid_request",
            "Application is not configured as a multi-tenant application. Usage of the /common"
                    + " endpoint is not supported for such apps created after '10/15/2018'."),
    NOT_FOR_CONSUMERS(
            9002332,
            "invalid_request",
            "Application is configured for use by Azure Active Directory users only. Please do not"
                    + " use the /consumers endpoint to serve this request."),
    TENANT_NEEDED(
            9001023,
            "invalid_request",
            "The grant type is not supported over the /common or /consumers endpoints. Please use"
                    + " the /organizations or tenant-specific endpoint."),
    CONSUMERS_NOT_ALLOWED(90130, "invalid_request", "Application is not supported over /common."),
    RESOURCE_CONSUMERS(90124, "invalid_request", "Resource is not supported over /common."),
    TENANT_NOT_FOUND(90002, "invalid_request", "Tenant not found. Check the tenant id."),
    RESOURCE_NOT_FOUND(
            500011, "invalid_resource", "The resource principal was not found in the tenant."),
    NO_SUBSCRIPTION(
            650052,
            "invalid_resource",
            "The app needs access to a service that your organization has not subscribed to."),
    GRANT_TYPE(70003, "unsupported_grant_type", "The app requested an unsupported grant type."),

    // Passing
    CREDENTIAL_STORE(50033, "temporarily_unavailable", "A retryable error has occurred."),
    KEYS_UNAVAILABLE(50087, "temporarily_unavailable", "A transient error has occurred."),
    PROVIDER_RETRYABLE(40010, "temporarily_unavailable", "Retryable error of the provider."),
    MSA_ERROR(70012, "server_error", "A server error occurred while authenticating an MSA user."),
    RETRYABLE(90006, "server_error", "The service is temporarily unavailable."),
    CANT_CONNECT(90012, "server_error", "Request timed out."),
    CHALLENGE(90024, "temporarily_unavailable", "A transient error has occurred. Try again."),
    SERVICE_UNAVAILABLE(90033, "temporarily_unavailable", "A transient error has occurred."),
    TENANT_THROTTLED(
            90055, "temporarily_unavailable", "Tenant throttled: there are too many requests."),
    GRAPH_RETRYABLE(90090, "temporarily_unavailable", "Graph failed with a retryable error."),
    ON_PREMISES(80005, "server_error", "The authentication agent is unable to validate."),
    CLAIMS_PROVIDER(501621, "server_error", "Claims transformation timed out."),
    LOOP(50196, "invalid_grant", "The server terminated an operation because of a request loop.");

    private final int number;
    private final String error;
    private final String message;

    EntraError(int number, String error, String message) {
        this.number = number;
        this.error = error;
        this.message = message;
    }

    public int number() {
        return number;
    }

    public String error() {
        return error;
    }

    /** As the first words of {@code error_description} have it. */
    public String description() {
        return "AADSTS" + number + ": " + message;
    }

    public int status() {
        return switch (error) {
            case "invalid_client" -> 401;
            case "server_error" -> 500;
            case "temporarily_unavailable" -> this == TENANT_THROTTLED ? 429 : 503;
            default -> 400;
        };
    }

    public Response response() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String trace = UUID.randomUUID().toString();
        String correlation = UUID.randomUUID().toString();
        ObjectNode body =
                Json.object()
                        .put("error", error)
                        .put(
                                "error_description",
                                description()
                                        + " Trace ID: %s Correlation ID: %s Timestamp: %s"
                                                .formatted(trace, correlation, now));
        body.putArray("error_codes").add(number);
        body.put("timestamp", now.toString())
                .put("trace_id", trace)
                .put("correlation_id", correlation)
                .put("error_uri", "https://login.microsoftonline.com/error?code=" + number);
        if (this == NOT_CONSENTED) {
            body.put("suberror", "consent_required");
        }
        return Response.json(status(), body)
                .with("x-ms-request-id", trace)
                .with("x-ms-ests-server", "fake " + Secrets.hex(2));
    }
}
