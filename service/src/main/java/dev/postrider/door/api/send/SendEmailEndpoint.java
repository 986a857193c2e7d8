package dev.postrider.door.api.send;

import dev.postrider.audit.NotAudited;
import dev.postrider.flow.accept.SendEmail;
import dev.postrider.flow.accept.SendEmail.Answer;
import dev.postrider.flow.store.Repeatable;
import dev.postrider.http.Fields;
import dev.postrider.http.JsonBody;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
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
import java.time.Duration;
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

/** {@code POST /smtp/send-email}, the first route. */
@Path("/smtp/send-email")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Emails")
final class SendEmailEndpoint {
    private static final int RETRY_SECONDS = 2;

    private final TakeEmails take;
    private final SendEmail sendEmail;

    SendEmailEndpoint(TakeEmails take, SendEmail sendEmail) {
        this.take = take;
        this.sendEmail = sendEmail;
    }

    @POST
    @ForSending
    @NotAudited("the email keeps who sent it")
    @Operation(
            summary = "Send one email through your own mailbox",
            description =
                    "Waits for the first attempt, 30 seconds at most or as long as \"Prefer: wait=n\" asks"
                            + " for. A 2xx means that the email is kept and was sent (200) or will be"
                            + " (202); with any other answer it will not be sent.")
    @RequestBody(content = @Content(schema = @Schema(implementation = SendEmailRequest.class)))
    @APIResponse(
            responseCode = "200",
            description = "The mailbox's server took it",
            content = @Content(schema = @Schema(implementation = SendEmailAnswer.class)))
    @APIResponse(
            responseCode = "202",
            description = "A passing trouble, or no answer yet: it stays queued and will be sent",
            content = @Content(schema = @Schema(implementation = SendEmailAnswer.class)))
    @APIResponse(
            responseCode = "404",
            description = "You have no mailbox",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "400",
            description = "The Idempotency-Key has not 1 to 256 characters",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description =
                    "The mailbox's server refused the login, and this email is not kept; or the"
                            + " Idempotency-Key came with another request before",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description =
                    "A field is wrong, or the server refused the recipient or the message: its reply is"
                            + " quoted",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "429",
            description = "A limit is reached; Retry-After says when to come back",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "502",
            description =
                    "The mailbox's server can't be talked to: its TLS or its protocol is broken",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "The database can't keep up; this email is not kept",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    public Response send(
            InputStream body,
            @HeaderParam("Prefer") @Nullable String prefer,
            @Parameter(
                            description =
                                    "Your name for this request, for 24 hours: a repeat sends nothing and"
                                            + " is answered for the first.",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            minLength = 1,
                                            maxLength = IdempotencyKey.MAX_LENGTH))
                    @HeaderParam("Idempotency-Key")
                    @Nullable String idempotencyKey,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_LENGTH)
                    @Nullable String length,
            @Context SecurityContext security)
            throws IOException, InterruptedException {
        if (!IdempotencyKey.isValid(idempotencyKey)) {
            return IdempotencyKey.invalid().response();
        }
        return take.takeText(
                body,
                length,
                SendEmailRequest.MAX_BODY_BYTES,
                taken ->
                        send(
                                CallerContext.caller(security),
                                taken,
                                PreferredWait.in(prefer),
                                Optional.ofNullable(idempotencyKey)));
    }

    private Response send(
            Caller caller, InputStream body, Duration wait, Optional<String> idempotencyKey)
            throws IOException, InterruptedException {
        return switch (JsonBody.read(body, SendEmailRequest.MAX_BODY_BYTES)) {
            case JsonBody.Read.Rejected(var problem) -> problem.response();
            case JsonBody.Read.Json(var object) -> {
                var fields = new Fields(object);
                var request = SendEmailRequest.read(fields);
                yield request.isEmpty()
                        ? fields.problem().response()
                        : send(
                                caller,
                                request.get(),
                                wait,
                                idempotencyKey.map(key ->
                                        IdempotencyKey.request(
                                                caller, "POST /smtp/send-email", object, key)));
            }
        };
    }

    private Response send(
            Caller caller,
            SendEmailRequest.Checked request,
            Duration wait,
            Optional<Repeatable> repeatable)
            throws InterruptedException {
        return switch (sendEmail.send(caller, request, wait, repeatable)) {
            case Answer.Sent(var id) -> Response.ok(SendEmailAnswer.sent(id)).build();
            case Answer.Queued(var id, var reason) ->
                    Response.accepted(SendEmailAnswer.queued(id, reason)).build();
            case Answer.Rejected(var problem) -> withRetryAfter(problem);
            case Answer.Limited(var problem, var rest) ->
                    Response.fromResponse(problem.response())
                            .header(HttpHeaders.RETRY_AFTER, rest.toSeconds())
                            .build();
        };
    }

    private static Response withRetryAfter(Problem problem) {
        return problem.status() == ProblemCode.UNAVAILABLE.status()
                ? Response.fromResponse(problem.response())
                        .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                        .build()
                : problem.response();
    }
}
