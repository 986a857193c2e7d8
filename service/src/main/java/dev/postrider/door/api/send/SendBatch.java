package dev.postrider.door.api.send;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.audit.NotAudited;
import dev.postrider.door.api.send.json.EmailJson;
import dev.postrider.flow.accept.EmailLimits;
import dev.postrider.flow.accept.Intake;
import dev.postrider.flow.accept.Intake.Policy;
import dev.postrider.flow.accept.IntakeResult;
import dev.postrider.http.Problem;
import dev.postrider.identity.ForSending;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code POST /emails/batch}; a class of its own, so that no other method there is an email's. */
@Path("/emails/batch")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Emails")
final class SendBatch {
    private final RequestBodies take;
    private final Intake intake;
    private final InstantSource clock;

    SendBatch(RequestBodies take, Intake intake, InstantSource clock) {
        this.take = take;
        this.intake = intake;
        this.clock = clock;
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
                                            implementation = EmailJson.class,
                                            minItems = 1,
                                            maxItems = EmailLimits.BATCH)))
    @APIResponseSchema(value = KeptAnswer.Batch.class, responseDescription = "The emails are kept")
    public Response batch(
            InputStream body,
            @BeanParam SendParameters parameters,
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
        return take.json(
                parameters.of(body, security),
                RequestBodies.MAX_BODY,
                (request, emails) -> send(request, emails, validation));
    }

    private Response send(
            RequestBodies.Request request, JsonNode emails, @Nullable String validation)
            throws InterruptedException {
        if (!emails.isArray() || emails.isEmpty() || emails.size() > EmailLimits.BATCH) {
            return rejected(
                    "body", "must be a JSON array of 1 to " + EmailLimits.BATCH + " emails");
        }
        return switch (validation) {
            case null -> send(request, emails, Policy.ALL_OR_NONE);
            case "strict" -> send(request, emails, Policy.ALL_OR_NONE);
            case "permissive" -> send(request, emails, Policy.THE_GOOD_ONES);
            case String _ -> rejected("x-batch-validation", "must be strict or permissive");
        };
    }

    private Response send(RequestBodies.Request request, JsonNode emails, Policy policy)
            throws InterruptedException {
        var batch = ParsedBatch.read(emails, clock.instant());
        if (policy == Policy.ALL_OR_NONE && !batch.flawed().isEmpty()) {
            var first = batch.flawed().firstEntry();
            return first.getValue().within("emails[" + first.getKey() + "]").response();
        }
        var idempotency =
                request.idempotency(
                        policy == Policy.THE_GOOD_ONES
                                ? "POST /emails/batch permissive"
                                : "POST /emails/batch",
                        emails,
                        kept -> batch.answer(kept, policy));
        return switch (intake.take(
                request.caller(), batch.emails(), policy, idempotency, request.trace())) {
            case IntakeResult.Rejected(var why) when why.rejection().isOfOneEmail() ->
                    ExplainRejection.problem(why.rejection())
                            .within("emails[" + batch.index(why.index()) + "]")
                            .response();
            case IntakeResult accepted ->
                    RequestBodies.response(accepted, kept -> batch.answer(kept, policy));
        };
    }

    private static Response rejected(String field, String message) {
        return Problem.invalid(field, message).response();
    }
}
