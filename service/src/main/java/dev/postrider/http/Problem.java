package dev.postrider.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The one error object, in both dialects at once: what email SDKs read ({@code statusCode}, {@code
 * name}, {@code message}) and RFC 9457 ({@code type}, {@code title}, {@code status}, {@code
 * detail}).
 *
 * @param detail what happened and what to do; never a secret, never a stack trace
 * @param errors the fields at fault; absent when there are none
 */
@Schema(
        name = "Problem",
        description = "What went wrong and what to do, the same object for every error.")
@JsonPropertyOrder({
    "statusCode",
    "name",
    "message",
    "type",
    "title",
    "status",
    "detail",
    "code",
    "errors"
})
public record Problem(
        @Schema(examples = "422") int statusCode,
        @Schema(examples = "validation_error") String name,
        @Schema(examples = "subject: must not contain line breaks") String message,
        @Schema(examples = "urn:postrider:problem:invalid_input") String type,
        @Schema(examples = "Invalid input") String title,
        @Schema(examples = "422") int status,
        @Schema(examples = "subject: must not contain line breaks") String detail,
        @Schema(examples = "invalid_input") String code,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One field at fault.
     *
     * @param field its name in the request; nested ones with dots ({@code smtp.port})
     */
    @Schema(name = "FieldError")
    public record FieldError(
            @Schema(examples = "subject") String field,
            @Schema(examples = "must not contain line breaks") String message) {}

    public Problem {
        errors = List.copyOf(errors);
    }

    public static Problem of(ProblemCode code, String detail) {
        return of(code, detail, List.of());
    }

    /** Bad input: each field is named, in the detail too, for clients that show only a message. */
    public static Problem invalid(List<FieldError> errors) {
        var detail =
                String.join(
                        "; ",
                        errors.stream()
                                .map(error -> error.field() + ": " + error.message())
                                .toList());
        return of(ProblemCode.INVALID_INPUT, detail, errors);
    }

    /** The same under a code that says more. */
    public static Problem invalid(ProblemCode code, List<FieldError> errors) {
        return of(code, invalid(errors).detail(), errors);
    }

    /**
     * The same when not all errors are listed.
     *
     * @param more how many aren't
     */
    public static Problem invalid(ProblemCode code, List<FieldError> errors, int more) {
        var detail = invalid(errors).detail();
        return of(code, more == 0 ? detail : detail + "; and " + more + " more", errors);
    }

    public static Problem invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    private static Problem of(ProblemCode code, String detail, List<FieldError> errors) {
        return new Problem(
                code.status(),
                code.sdkName(),
                detail,
                "urn:postrider:problem:" + code.code(),
                code.title(),
                code.status(),
                detail,
                code.code(),
                errors);
    }

    /** The same, when it is about a part of the request. */
    public Problem within(String part) {
        return new Problem(
                statusCode,
                name,
                part + ": " + message,
                type,
                title,
                status,
                part + ": " + detail,
                code,
                errors.stream()
                        .map(error -> new FieldError(part + "." + error.field(), error.message()))
                        .toList());
    }

    /** As it is answered where no operation is. */
    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    public Response response() {
        return Response.status(status).entity(this).build();
    }
}
