package dev.postrider.door.api.send;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.audit.NotAudited;
import dev.postrider.door.api.body.AttachmentContents;
import dev.postrider.flow.accept.EmailLimits;
import dev.postrider.flow.accept.Intake;
import dev.postrider.flow.accept.Intake.Policy;
import dev.postrider.flow.accept.IntakeResult;
import dev.postrider.flow.accept.SendRequest;
import dev.postrider.http.Fields;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code POST /emails}, {@code /emails/raw} and {@code /emails/batch}. */
@Path("/emails")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Emails")
final class SendEmails {
    private static final String RFC822 = "message/rfc822";

    /** Octets of a message: it may be too large by some and be told so as the field it is. */
    private static final int MAX_MESSAGE = 64 * 1024 * 1024;

    private final RequestBodies take;
    private final Intake intake;
    private final InstantSource clock;

    SendEmails(RequestBodies take, Intake intake, InstantSource clock) {
        this.take = take;
        this.intake = intake;
        this.clock = clock;
    }

    @POST
    @NotAudited("the email keeps who sent it")
    @ForSending
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "sendEmail",
            summary = "Send an email through the mailbox in from",
            description =
                    "Answers once the email is stored; it is sent at once or at its scheduled"
                            + " time, in the order of its mailbox. GET /emails/{id} and webhooks tell what"
                            + " became of it.")
    @RequestBodySchema(EmailJson.class)
    @APIResponseSchema(value = KeptAnswer.class, responseDescription = "The email is kept")
    public Response one(
            InputStream body,
            @BeanParam SendParameters parameters,
            @Context SecurityContext security)
            throws IOException, InterruptedException {
        var request = parameters.of(body, security);
        return take.object(
                request,
                RequestBodies.MAX_BODY,
                email -> send(request, "POST /emails", email, EmailJson::read));
    }

    @POST
    @Path("raw")
    @NotAudited("the email keeps who sent it")
    @ForSending
    @Consumes({MediaType.APPLICATION_JSON, RFC822})
    @Operation(
            operationId = "sendRawEmail",
            summary = "Send a message that you have composed (RFC 5322)",
            description =
                    "Its bytes stay as they are, except that Bcc fields are removed and a"
                            + " missing Date or Message-ID is added before its header. It is sent through"
                            + " the mailbox of its From.")
    @RequestBody(
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = RawJson.class)),
                @Content(
                        mediaType = RFC822,
                        schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    @APIResponseSchema(value = KeptAnswer.class, responseDescription = "The email is kept")
    public Response raw(
            InputStream body,
            @BeanParam SendParameters parameters,
            @Context HttpHeaders headers,
            @Context SecurityContext security)
            throws IOException, InterruptedException {
        var request = parameters.of(body, security);
        RequestBodies.Operation<ObjectNode> send =
                email -> send(request, "POST /emails/raw", email, RawJson::read);
        var type = headers.getMediaType();
        if (type == null || !type.isCompatible(MediaType.valueOf(RFC822))) {
            return take.object(request, RequestBodies.MAX_BODY, send);
        }
        return take.octets(
                request,
                MAX_MESSAGE,
                octets ->
                        send.on(
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .putPOJO(
                                                "raw",
                                                new AttachmentContents.Content.Known(octets))));
    }

    /** How an email is read; empty when something is wrong, which the fields tell. */
    private interface ReadRequest {
        Optional<? extends SendRequest> read(Fields fields, Instant now);
    }

    private Response send(
            RequestBodies.Request request, String operation, ObjectNode body, ReadRequest read)
            throws InterruptedException {
        var fields = new Fields(body);
        var email = read.read(fields, clock.instant());
        if (email.isEmpty()) {
            return ExplainRejection.problem(fields).response();
        }
        var idempotency = request.idempotency(operation, body, KeptAnswer::one);
        return RequestBodies.response(
                intake.take(request.caller(), email.get(), idempotency), KeptAnswer::one);
    }

    @POST
    @Path("batch")
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
        var request = parameters.of(body, security);
        return take.json(
                request, RequestBodies.MAX_BODY, emails -> send(request, emails, validation));
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
        return switch (intake.take(request.caller(), batch.emails(), policy, idempotency)) {
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
