package dev.postrider.door.api.send;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.audit.NotAudited;
import dev.postrider.door.api.send.json.EmailJson;
import dev.postrider.flow.accept.Intake;
import dev.postrider.flow.accept.SendRequest;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /emails}. */
@Path("/emails")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Emails")
final class SendEmails {
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
        return take.object(
                parameters.of(body, security),
                RequestBodies.MAX_BODY,
                (request, email) ->
                        send(intake, clock, request, "POST /emails", email, EmailJson::read));
    }

    /** How an email is read; empty when something is wrong, which the fields tell. */
    interface ReadRequest {
        Optional<? extends SendRequest> read(Fields fields, Instant now);
    }

    static Response send(
            Intake intake,
            InstantSource clock,
            RequestBodies.Request request,
            String operation,
            ObjectNode body,
            ReadRequest read)
            throws InterruptedException {
        var fields = new Fields(body);
        var email = read.read(fields, clock.instant());
        if (email.isEmpty()) {
            return ExplainRejection.problem(fields).response();
        }
        var idempotency = request.idempotency(operation, body, KeptAnswer::one);
        return RequestBodies.response(
                intake.take(request.caller(), email.get(), idempotency, request.trace()),
                KeptAnswer::one);
    }
}
