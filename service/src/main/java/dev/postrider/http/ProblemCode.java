package dev.postrider.http;

import jakarta.ws.rs.core.Response;
import java.util.Locale;

/**
 * The stable codes of everything that can go wrong, each with its HTTP status, the nearest error
 * name that email SDKs know, and a title.
 */
public enum ProblemCode {
    MALFORMED_BODY(422, "validation_error", "The request body can't be read"),
    MALFORMED_REQUEST(400, "validation_error", "The request can't be read"),
    INVALID_IDEMPOTENCY_KEY(400, "invalid_idempotency_key", "The Idempotency-Key isn't valid"),
    INVALID_GRANT(400, "validation_error", "Not granted"),
    INVALID_SCOPE(400, "validation_error", "Not a scope"),
    UNSUPPORTED_GRANT_TYPE(400, "validation_error", "No such grant type"),
    MISSING_TOKEN(401, "missing_api_key", "No bearer token"),
    INVALID_TOKEN(401, "invalid_api_key", "The bearer token isn't valid"),
    RESTRICTED_API_KEY(401, "restricted_api_key", "The API key may not do this"),
    INVALID_API_KEY(403, "invalid_api_key", "The API key isn't valid"),
    INVALID_FROM_ADDRESS(403, "invalid_from_address", "No mailbox of this address is connected"),
    FORBIDDEN(403, "invalid_access", "Not allowed"),
    NOT_FOUND(404, "not_found", "Not found"),
    NO_MAILBOX(404, "not_found", "No mailbox is connected"),
    METHOD_NOT_ALLOWED(405, "method_not_allowed", "Method not allowed"),
    NOT_ACCEPTABLE(406, "validation_error", "Not acceptable"),
    HEAD_TOO_SLOW(408, "application_error", "The request's head arrives too slowly"),
    BODY_TOO_SLOW(408, "application_error", "The request body arrives too slowly"),
    MAILBOX_EXISTS(409, "validation_error", "The mailbox is already connected"),
    MAILBOX_HAS_MAIL(409, "validation_error", "The mailbox has waiting mail"),
    MAILBOX_NEEDS_ATTENTION(409, "validation_error", "The mailbox needs attention"),
    INVALID_IDEMPOTENT_REQUEST(
            409, "invalid_idempotent_request", "The Idempotency-Key belongs to another request"),
    TOO_LATE(409, "validation_error", "The email's state doesn't allow this"),
    CONFLICT(409, "validation_error", "Conflict"),
    BODY_TOO_LARGE(413, "validation_error", "The request body is too large"),
    URI_TOO_LONG(414, "validation_error", "The URI is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "validation_error", "Unsupported media type"),
    INVALID_INPUT(422, "validation_error", "Invalid input"),
    MISSING_REQUIRED_FIELD(422, "missing_required_field", "A field is missing"),
    INVALID_ATTACHMENT(422, "invalid_attachment", "An attachment can't be sent"),
    INVALID_PARAMETER(422, "invalid_parameter", "A parameter isn't valid"),
    NOT_SET_UP(422, "validation_error", "The operator has to set this up"),
    QUOTA_REACHED(422, "validation_error", "A quota is reached"),
    RECIPIENT_REFUSED(422, "validation_error", "The server refused the recipient"),
    MESSAGE_REFUSED(422, "validation_error", "The server refused the message"),
    RATE_LIMIT_EXCEEDED(429, "rate_limit_exceeded", "Too many requests per second"),
    LIMIT_REACHED(429, "rate_limit_exceeded", "A limit is reached"),
    HEADERS_TOO_LARGE(431, "validation_error", "The request's headers are too large"),
    INTERNAL_ERROR(500, "internal_server_error", "Something went wrong"),
    MAIL_SERVER_BROKEN(502, "application_error", "The mail server can't be used"),
    UNAVAILABLE(503, "application_error", "Temporarily unavailable");

    private final int status;
    private final String sdkName;
    private final String title;

    ProblemCode(int status, String sdkName, String title) {
        this.status = status;
        this.sdkName = sdkName;
        this.title = title;
    }

    public int status() {
        return status;
    }

    String sdkName() {
        return sdkName;
    }

    String title() {
        return title;
    }

    /**
     * @param detail what happened and what to do; never a secret, never a stack trace
     */
    public Response response(String detail) {
        return Problem.of(this, detail).response();
    }

    /** As it stands in answers: {@code mailbox_needs_attention}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
