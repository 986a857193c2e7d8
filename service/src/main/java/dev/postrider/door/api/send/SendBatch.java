package dev.postrider.door.api.send;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.audit.NotAudited;
import dev.postrider.door.api.send.SubmitEmails.Answer;
import dev.postrider.http.Problem;
import dev.postrider.identity.Caller;
import dev.postrider.identity.ForSending;
import dev.postrider.identity.http.CallerContext;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code POST /emails/batch}. */
@Path("/emails/batch")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Emails")
final class SendBatch {
    static final int MAX_EMAILS = 100;

    private final TakeEmails take;
    private final SubmitEmails emails;

    SendBatch(TakeEmails take, SubmitEmails emails) {
        this.take = take;
        this.emails = emails;
    }

    @POST
    @NotAudited("the email keeps who sent it")
    @ForSending
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "sendEmails",
            summary = "Send up to 100 emails with one request",
            description =
                    "All are kept or none, unless 'x-batch-validation: permissive' asks for the good"
                            + " ones to be kept and the others to be named.")
    @RequestBody(
            content =
                    @Content(
                            schema =
                                    @Schema(
                                            type = SchemaType.ARRAY,
                                            implementation = EmailDescription.class,
                                            minItems = 1,
                                            maxItems = MAX_EMAILS)))
    @APIResponse(
            responseCode = "200",
            description = "The emails are kept",
            content = @Content(schema = @Schema(implementation = KeptAnswer.Batch.class)))
    public Response send(
            InputStream body,
            @Parameter(
                            description =
                                    "Your name for this request, for 24 hours: a repeat is answered like"
                                            + " the first and sends nothing.",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            minLength = 1,
                                            maxLength = 256))
                    @HeaderParam("Idempotency-Key")
                    @Nullable String idempotencyKey,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_LENGTH)
                    @Nullable String length,
            @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"strict", "permissive"},
                                            defaultValue = "strict"))
                    @HeaderParam("x-batch-validation")
                    @Nullable String validation,
            @Context SecurityContext security)
            throws IOException, InterruptedException {
        return take.take(
                body,
                length,
                idempotencyKey,
                (json, key) -> send(CallerContext.caller(security), json, validation, key));
    }

    private Answer send(
            Caller caller, JsonNode json, @Nullable String validation, Optional<String> key)
            throws InterruptedException {
        if (!json.isArray() || json.isEmpty() || json.size() > MAX_EMAILS) {
            return rejected("body", "must be a JSON array of 1 to " + MAX_EMAILS + " emails");
        }
        return switch (validation) {
            case null -> emails.batch(caller, json.valueStream().toList(), false, key);
            case "strict" -> emails.batch(caller, json.valueStream().toList(), false, key);
            case "permissive" -> emails.batch(caller, json.valueStream().toList(), true, key);
            case String _ -> rejected("x-batch-validation", "must be strict or permissive");
        };
    }

    private static Answer rejected(String field, String message) {
        return new Answer.Rejected(Problem.invalid(field, message));
    }
}
