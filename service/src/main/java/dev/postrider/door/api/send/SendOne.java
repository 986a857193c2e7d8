package dev.postrider.door.api.send;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.audit.NotAudited;
import dev.postrider.flow.accept.Intake;
import dev.postrider.http.Fields;
import dev.postrider.identity.ForSending;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /emails}. */
@Path("/emails")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Emails")
final class SendOne {
    private final RequestBodies take;
    private final Intake intake;
    private final InstantSource clock;

    SendOne(RequestBodies take, Intake intake, InstantSource clock) {
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
                    "Answers when the email is kept; it is sent at once or when it is scheduled, in the"
                            + " order of its mailbox. GET /emails/{id} and webhooks tell what became"
                            + " of it.")
    @RequestBody(content = @Content(schema = @Schema(implementation = EmailJson.class)))
    @APIResponse(
            responseCode = "200",
            description = "The email is kept",
            content = @Content(schema = @Schema(implementation = KeptAnswer.class)))
    public Response send(
            InputStream body,
            @BeanParam SendParameters parameters,
            @Context SecurityContext security)
            throws IOException, InterruptedException {
        var request = parameters.of(body, security);
        return take.object(request, RequestBodies.MAX_BODY, email -> send(request, email));
    }

    private Response send(RequestBodies.Request request, ObjectNode body)
            throws InterruptedException {
        var fields = new Fields(body);
        var email = EmailJson.read(fields, clock.instant());
        if (email.isEmpty()) {
            return ExplainRejection.problem(fields).response();
        }
        var idempotency = request.idempotency("POST /emails", body, KeptAnswer::one);
        return RequestBodies.response(
                intake.take(request.caller(), email.get(), idempotency), KeptAnswer::one);
    }
}
