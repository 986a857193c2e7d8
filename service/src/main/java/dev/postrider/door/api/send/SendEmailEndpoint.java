package dev.postrider.door.api.send;

import dev.postrider.audit.NotAudited;
import dev.postrider.door.api.send.json.SendEmailJson;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code POST /smtp/send-email}, the first route. */
@Path("/smtp/send-email")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Emails")
final class SendEmailEndpoint {
    private final SendAndWait send;

    SendEmailEndpoint(SendAndWait send) {
        this.send = send;
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
    @RequestBodySchema(SendEmailJson.class)
    @APIResponseSchema(
            value = SendEmailAnswer.class,
            responseCode = "200",
            responseDescription = "The mailbox's server took it")
    @APIResponse(
            responseCode = "202",
            description = "A temporary problem, or no answer yet: it stays queued and will be sent",
            content = @Content(schema = @Schema(implementation = SendEmailAnswer.class)))
    @APIResponse(responseCode = "404", description = "You have no mailbox")
    @APIResponse(
            responseCode = "400",
            description = "The Idempotency-Key doesn't have 1 to 256 characters")
    @APIResponse(
            responseCode = "409",
            description =
                    "The mailbox's server refused the login, and this email is not kept; or the"
                            + " Idempotency-Key was used for another request before")
    @APIResponse(
            responseCode = "422",
            description =
                    "A field is invalid, or the server refused the recipient or the message: its"
                            + " reply is quoted")
    @APIResponse(
            responseCode = "429",
            description = "A limit is reached; Retry-After says when to try again")
    @APIResponse(
            responseCode = "502",
            description = "The mailbox's server can't be used: its TLS or its protocol is broken")
    @APIResponse(
            responseCode = "503",
            description =
                    "The database can't keep up, and this email is not kept; or it went away while the"
                            + " email waited, and the message has the id under which it is kept")
    public Response send(
            InputStream body,
            @HeaderParam("Prefer") @Nullable String prefer,
            @BeanParam SendParameters parameters,
            @Context SecurityContext security)
            throws IOException, InterruptedException {
        return send.send(SendAndWait.SMTP, body, prefer, parameters, security);
    }
}
