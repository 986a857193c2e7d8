package dev.postrider.testkit.provider.google.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.http.Response;

/**
 * What Google answers when it doesn't do what it was asked. The token endpoint's have an {@code
 * error} that is a text, the API's one that is an object: of the old shape with {@code errors[]},
 * of the new with {@code details[]}, or of both.
 */
public enum GoogleError {
    // The token endpoint
    EXPIRED_OR_REVOKED(400, "invalid_grant", "Token has been expired or revoked."),
    FRESH_SIGN_IN_NEEDED(400, "invalid_grant", "reauth related error (invalid_rapt)"),
    FOREIGN_TOKEN(400, "invalid_grant", "Bad Request"),
    ACCOUNT_DELETED(400, "invalid_grant", "The account has been deleted"),
    ACCOUNT_NOT_FOUND(400, "invalid_grant", "Account not found"),
    NOT_A_VALID_EMAIL(400, "invalid_grant", "Not a valid email"),
    MALFORMED_CODE(400, "invalid_grant", "Malformed auth code."),
    VERIFIER_MISSING(400, "invalid_grant", "Missing code verifier."),
    VERIFIER_WRONG(400, "invalid_grant", "Invalid code verifier."),
    JWT_SIGNATURE(400, "invalid_grant", "Invalid JWT Signature."),
    JWT_TIME(
            400,
            "invalid_grant",
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable"
                    + " timeframe. Check your iat and exp values in the JWT claim."),
    JWT_AUDIENCE(400, "invalid_grant", "Invalid JWT: Failed audience check."),
    NOT_DELEGATED(
            401,
            "unauthorized_client",
            "Client is unauthorized to retrieve access tokens using this method, or client not"
                    + " authorized for any of the scopes requested."),
    OTHER_CLIENTS_TOKEN(401, "unauthorized_client", "Unauthorized"),
    CLIENT_NOT_AUTHORIZED(400, "access_denied", "Requested client not authorized."),
    ACCOUNT_RESTRICTED(400, "access_denied", "Account restricted"),
    ADMIN_POLICY(
            400,
            "admin_policy_enforced",
            "Access to this API is restricted by your organization's administrator."),
    CLIENT_NOT_FOUND(401, "invalid_client", "The OAuth client was not found."),
    WRONG_SECRET(401, "invalid_client", "Unauthorized"),
    CLIENT_DELETED(401, "deleted_client", "The OAuth client was deleted."),
    INVALID_PRINCIPAL(400, "invalid_request", "Invalid principal"),
    REDIRECT_MISMATCH(400, "redirect_uri_mismatch", "Bad Request"),
    PARAMETER_MISSING(400, "invalid_request", "Missing required parameter"),
    GRANT_TYPE(400, "unsupported_grant_type", "Invalid grant_type"),
    INVALID_SCOPE(400, "invalid_scope", "Some requested scopes were invalid."),
    TOKEN_RATE(429, "rate_limit_exceeded", "Rate Limit Exceeded"),
    TOKEN_BACKEND(500, "internal_failure", "Backend Error"),

    // Gmail, by old and new shape
    INVALID_TO(400, "INVALID_ARGUMENT", "invalidArgument", "", "Invalid To header"),
    RECIPIENT_REQUIRED(
            400, "INVALID_ARGUMENT", "invalidArgument", "", "Recipient address required"),
    TOO_MANY_RECIPIENTS(
            400, "INVALID_ARGUMENT", "invalidArgument", "", "Too many recipients in message"),
    BAD_RAW(
            400,
            "INVALID_ARGUMENT",
            "badRequest",
            "",
            "'raw' RFC822 payload message string or"
                    + " uploading message via /upload/* URL required"),
    NOT_A_MESSAGE(400, "INVALID_ARGUMENT", "badRequest", "", "Invalid value at 'message.raw'"),
    QUERY_UNDER_METADATA(
            403,
            "PERMISSION_DENIED",
            "forbidden",
            "",
            "Metadata scope does not support 'q' parameter"),
    MAIL_NOT_ENABLED(
            400, "FAILED_PRECONDITION", "failedPrecondition", "", "Mail service not enabled"),
    PRECONDITION(
            400, "FAILED_PRECONDITION", "failedPrecondition", "", "Precondition check failed."),
    AUTH(
            401,
            "UNAUTHENTICATED",
            "authError",
            "",
            "Request had invalid authentication credentials. Expected OAuth 2 access token, login"
                    + " cookie or other valid authentication credential."),
    SCOPES(
            403,
            "PERMISSION_DENIED",
            "insufficientPermissions",
            "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
            "Request had insufficient authentication scopes."),
    API_DISABLED(
            403,
            "PERMISSION_DENIED",
            "accessNotConfigured",
            "SERVICE_DISABLED",
            "Gmail API has not been used in project 1 before or it is disabled."),
    DOMAIN_POLICY(
            403,
            "PERMISSION_DENIED",
            "domainPolicy",
            "",
            "The domain administrators have disabled Gmail apps."),
    DELEGATION_DENIED(403, "PERMISSION_DENIED", "forbidden", "", "Delegation denied for this user"),
    RATE_403(403, "", "rateLimitExceeded", "", "Rate Limit Exceeded"),
    USER_RATE_403(403, "", "userRateLimitExceeded", "", "User Rate Limit Exceeded"),
    QUOTA_403(
            403,
            "PERMISSION_DENIED",
            "rateLimitExceeded",
            "RATE_LIMIT_EXCEEDED",
            "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute per user' of"
                    + " service 'gmail.googleapis.com' for consumer 'project_number:1'."),
    QUOTA_429(
            429,
            "RESOURCE_EXHAUSTED",
            "rateLimitExceeded",
            "RATE_LIMIT_EXCEEDED",
            "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute per user' of"
                    + " service 'gmail.googleapis.com' for consumer 'project_number:1'."),
    USER_RATE_429(429, "", "userRateLimitExceeded", "", "User-rate limit exceeded."),
    EXHAUSTED(
            429,
            "RESOURCE_EXHAUSTED",
            "rateLimitExceeded",
            "",
            "Resource has been exhausted (e.g. check quota)."),
    PROJECT_DAY_LIMIT(403, "", "dailyLimitExceeded", "", "Daily Limit Exceeded"),
    NOT_FOUND(404, "NOT_FOUND", "notFound", "", "Requested entity was not found."),
    TOO_LARGE(413, "", "uploadTooLarge", "", "Request entity too large"),
    BACKEND(500, "INTERNAL", "backendError", "", "Internal error encountered."),
    BAD_GATEWAY(502, "", "backendError", "", "Bad Gateway"),
    UNAVAILABLE(503, "UNAVAILABLE", "backendError", "", "The service is currently unavailable."),
    GATEWAY_TIMEOUT(504, "DEADLINE_EXCEEDED", "backendError", "", "Deadline exceeded");

    private final int status;
    private final String code;
    private final String reason;
    private final String detail;
    private final String message;
    private final boolean ofApi;

    /** Of the token endpoint. */
    GoogleError(int status, String code, String description) {
        this.status = status;
        this.code = code;
        this.reason = "";
        this.detail = "";
        this.message = description;
        this.ofApi = false;
    }

    /** Of the API; what is empty is left out. */
    GoogleError(int status, String code, String reason, String detail, String message) {
        this.status = status;
        this.code = code;
        this.reason = reason;
        this.detail = detail;
        this.message = message;
        this.ofApi = true;
    }

    public int status() {
        return status;
    }

    /** Of the token endpoint: {@code invalid_grant}. */
    public String code() {
        return code;
    }

    public Response response() {
        return response(message);
    }

    /** With other words. */
    public Response response(String words) {
        return Response.json(status, ofApi ? ofApi(words) : ofToken(words));
    }

    private ObjectNode ofToken(String words) {
        ObjectNode body = Json.object().put("error", code).put("error_description", words);
        return this == FRESH_SIGN_IN_NEEDED ? body.put("error_subtype", "invalid_rapt") : body;
    }

    private ObjectNode ofApi(String words) {
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error").put("code", status).put("message", words);
        error.putArray("errors")
                .addObject()
                .put("message", words)
                .put("domain", reason.contains("imit") ? "usageLimits" : "global")
                .put("reason", reason);
        if (!code.isEmpty()) {
            error.put("status", code);
        }
        if (!detail.isEmpty()) {
            error.putArray("details")
                    .addObject()
                    .put("@type", "type.googleapis.com/google.rpc.ErrorInfo")
                    .put("reason", detail)
                    .put("domain", "googleapis.com")
                    .putObject("metadata")
                    .put("service", "gmail.googleapis.com");
        }
        return body;
    }
}
