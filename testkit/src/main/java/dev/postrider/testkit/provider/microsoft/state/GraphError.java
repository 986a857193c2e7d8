package dev.postrider.testkit.provider.microsoft.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.testkit.provider.http.Json;
import dev.postrider.testkit.provider.http.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** What Graph answers when it doesn't do what it was asked. */
public enum GraphError {
    INVALID_BASE64(
            400, "ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content."),
    INVALID_RECIPIENTS(400, "ErrorInvalidRecipients", "At least one recipient isn't valid."),
    INVALID_ADDRESS(400, "ErrorInvalidSmtpAddress", "The SMTP address format is invalid."),
    INVALID_HEADER(
            400,
            "InvalidInternetMessageHeader",
            "The internet message header name should start with 'x-' or 'X-'."),
    TOO_MANY_HEADERS(
            400,
            "InvalidInternetMessageHeaderCollection",
            "Maximum number of headers in one message should be less than or equal to 5."),
    RECIPIENT_NOT_FOUND(400, "ErrorRecipientNotFound", "The recipient was not found."),
    BAD_REQUEST(400, "BadRequest", "Unable to read JSON request payload."),
    TOO_LARGE_400(400, "BadRequest", "The maximum request length supported is 4MB."),
    INVALID_FILTER(400, "BadRequest", "Invalid filter clause"),
    BAD_RANGE(
            416,
            "InvalidRange",
            "The uploaded fragment has already been received or is out of order."),
    TOKEN(401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid."),
    NO_TOKEN(401, "InvalidAuthenticationToken", "Access token is empty."),
    CLAIMS(401, "insufficient_claims", "Continuous access evaluation resulted in a challenge."),
    ACCESS_DENIED(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again."),
    ODATA_DISABLED(403, "ErrorAccessDenied", "Access to OData is disabled."),
    SEND_AS_DENIED(
            403,
            "ErrorSendAsDenied",
            "The user account which was used to submit this request does not have the right to send"
                    + " mail on behalf of the specified sending account."),
    NOT_ENABLED(
            404, "MailboxNotEnabledForRESTAPI", "REST API is not yet supported for this mailbox."),
    NOT_HOSTED(
            404,
            "MailboxNotHostedInExchangeOnline",
            "The mailbox is either inactive, soft-deleted, or is hosted on-premise."),
    USER_NOT_FOUND(404, "ResourceNotFound", "Resource could not be discovered."),
    NOT_FOUND(404, "ErrorItemNotFound", "The specified object was not found in the store."),
    DAILY_LIMIT(
            429,
            "ErrorExceededMessageLimit",
            "Cannot send mail. Daily Message/Recipient limit exceeded. Follow the instructions in"
                    + " your Inbox to verify your account."),
    SUBMISSION_QUOTA(429, "ErrorSubmissionQuotaExceeded", "The submission quota was exceeded."),
    HOURLY_LIMIT(429, "ErrorExceededHourlyMessageLimit", "The hourly message limit was exceeded."),
    RECIPIENT_LIMIT(403, "ErrorExceededMaxRecipientLimit", "Too many recipients."),
    BLOCKED(
            403,
            "ErrorMessageSubmissionBlocked",
            "Cannot send mail. WASCL UserAction verdict is not None. Actual verdict is"
                    + " RefuseQuota, ShowTierUpgrade."),
    SUSPENDED(403, "ErrorAccountSuspend", "The account was suspended. Follow the instructions."),
    MESSAGE_TOO_LARGE(413, "ErrorMessageSizeExceeded", "The message exceeds the maximum size."),
    REQUEST_TOO_LARGE(413, "RequestEntityTooLarge", "The request length is too large."),
    MAILBOX_FULL(507, "ErrorQuotaExceeded", "The mailbox is full."),
    CONCURRENCY(429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit."),
    TOO_MANY_REQUESTS(429, "TooManyRequests", "Too many requests."),
    ACTIVITY_LIMIT(429, "activityLimitReached", "Activity limit reached."),
    BANDWIDTH(509, "BandwidthLimitExceeded", "Bandwidth limit exceeded."),
    BUSY(503, "ErrorServerBusy", "The server cannot service this request right now."),
    TRANSIENT(500, "ErrorInternalServerTransientError", "An internal error occurred. Try again."),
    UNKNOWN(502, "UnknownError", ""),
    GATEWAY_TIMEOUT(504, "UnknownError", "");

    private final int status;
    private final String code;
    private final String message;

    GraphError(int status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public Response response() {
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error").put("code", code).put("message", message);
        error.putObject("innerError")
                .put("date", Instant.now().toString())
                .put("request-id", UUID.randomUUID().toString())
                .put("client-request-id", UUID.randomUUID().toString());
        return Response.json(status, body);
    }

    /** With the specific code inside a general one, as some services nest them. */
    public Response nested(String general) {
        return response()
                .edit(body -> {
                    ObjectNode error = (ObjectNode) body.path("error");
                    error.put("code", general);
                    ((ObjectNode) error.path("innerError")).put("code", code);
                });
    }

    public Response retryAfter(Duration time) {
        return response().with("Retry-After", String.valueOf(Math.max(1, time.toSeconds())));
    }
}
