package dev.postrider.door.api.send;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.audit.NotAudited;
import dev.postrider.door.api.body.AttachmentContents;
import dev.postrider.door.api.send.json.RawJson;
import dev.postrider.flow.accept.Intake;
import dev.postrider.identity.ForSending;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
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
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /emails/raw}; a class of its own, so that no other method there is an email's. */
@Path("/emails/raw")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Emails")
final class SendRaw {
    private static final String RFC822 = "message/rfc822";

    /** Octets of a message: it may be too large by some and be told so as the field it is. */
    private static final int MAX_MESSAGE = 64 * 1024 * 1024;

    private final RequestBodies take;
    private final Intake intake;
    private final InstantSource clock;

    SendRaw(RequestBodies take, Intake intake, InstantSource clock) {
        this.take = take;
        this.intake = intake;
        this.clock = clock;
    }

    @POST
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
                (now, email) ->
                        SendEmails.send(
                                intake, clock, now, "POST /emails/raw", email, RawJson::read);
        var type = headers.getMediaType();
        if (type == null || !type.isCompatible(MediaType.valueOf(RFC822))) {
            return take.object(request, RequestBodies.MAX_BODY, send);
        }
        return take.octets(
                request,
                MAX_MESSAGE,
                (now, octets) ->
                        send.on(
                                now,
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .putPOJO(
                                                "raw",
                                                new AttachmentContents.Content.Known(octets))));
    }
}
