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
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code POST /gmail/send-email}: as {@link SendEmailEndpoint}, for mailboxes of that kind. */
@Path("/gmail/send-email")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Emails")
final class GmailSendEmailEndpoint {
    private final SendAndWait send;

    GmailSendEmailEndpoint(SendAndWait send) {
        this.send = send;
    }

    @POST
    @ForSending
    @NotAudited("the email keeps who sent it")
    @Operation(
            operationId = "sendGmailEmail",
            summary = "Send one email through your own Gmail mailbox",
            description = "As POST /smtp/send-email, through a mailbox connected with Google.")
    @RequestBodySchema(SendEmailJson.class)
    @APIResponseSchema(
            value = SendEmailAnswer.class,
            responseCode = "200",
            responseDescription = "Gmail took it")
    public Response send(
            InputStream body,
            @HeaderParam("Prefer") @Nullable String prefer,
            @BeanParam SendParameters parameters,
            @Context SecurityContext security)
            throws IOException, InterruptedException {
        return send.send(SendAndWait.GMAIL, body, prefer, parameters, security);
    }
}
