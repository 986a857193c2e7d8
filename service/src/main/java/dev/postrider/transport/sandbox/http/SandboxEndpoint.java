package dev.postrider.transport.sandbox.http;

import dev.postrider.audit.Audited;
import dev.postrider.http.Id;
import dev.postrider.http.PageParameters;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.mailbox.http.MailboxAccess;
import dev.postrider.transport.Transport.MailboxKey;
import dev.postrider.transport.sandbox.SandboxMessages;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /mailboxes/ID/sandbox} and one message as it would have been sent. */
@Path("/mailboxes/{id}/sandbox")
@RunOnVirtualThread
@Tag(name = "Mailboxes")
public final class SandboxEndpoint {
    private static final String MESSAGE = "message/rfc822";
    private static final int SLICE_OCTETS = 256 << 10;

    private final SandboxMessages messages;
    private final MailboxAccess visible;

    public SandboxEndpoint(SandboxMessages messages, MailboxAccess visible) {
        this.messages = messages;
        this.visible = visible;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "listSandbox",
            summary = "List what a sandbox mailbox has sent",
            description = "Newest first. Mailboxes with a server have nothing here.")
    @APIResponseSchema(value = SandboxList.class, responseDescription = "A page")
    public Response list(
            @PathParam("id") String id,
            @BeanParam PageParameters parameters,
            @Context SecurityContext security) {
        var mailbox = visible.find(CallerContext.caller(security), id);
        if (mailbox.isEmpty()) {
            return MailboxAccess.notFound();
        }
        var key = mailbox.get().key();
        return parameters.answer(page -> new SandboxList(messages.list(key, page)));
    }

    /** Whatever the request accepts: there is one form, and errors come in theirs. */
    @GET
    @Path("/{message_id}")
    @Audited("mailbox.exported")
    @Operation(
            operationId = "getSandboxMessage",
            summary = "Get a message that a sandbox mailbox has sent",
            description = "The bytes that a server would have got (RFC 5322).")
    @APIResponse(
            responseCode = "200",
            description = "The message",
            content =
                    @Content(
                            mediaType = MESSAGE,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(
            responseCode = "401",
            description = "No token, or a bad one",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = "You have no such mailbox, or it no such message",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Problem.class)))
    public Response message(
            @PathParam("id") String id,
            @PathParam("message_id") String messageId,
            @Context SecurityContext security) {
        var mailbox = visible.find(CallerContext.caller(security), id);
        if (mailbox.isEmpty()) {
            return MailboxAccess.notFound();
        }
        return Id.parse(messageId)
                .flatMap(message -> raw(mailbox.get().key(), message))
                .orElseGet(SandboxEndpoint::notFound);
    }

    @GET
    @Path("/{message_id}/content")
    @Produces(MediaType.APPLICATION_JSON)
    @Audited("mailbox.exported")
    @Operation(
            operationId = "readSandboxMessage",
            summary = "Read what a sandbox mailbox's message says",
            description = "Its header, text and HTML, and which files it has.")
    @APIResponseSchema(value = SandboxContent.class, responseDescription = "What it says")
    public Response content(
            @PathParam("id") String id,
            @PathParam("message_id") String messageId,
            @Context SecurityContext security) {
        var mailbox = visible.find(CallerContext.caller(security), id);
        if (mailbox.isEmpty()) {
            return MailboxAccess.notFound();
        }
        var key = mailbox.get().key();
        return Id.parse(messageId)
                .flatMap(uuid -> messages.find(key, uuid))
                .map(message ->
                        Response.ok(SandboxContent.of(message, messages.parse(key, message)))
                                .build())
                .orElseGet(SandboxEndpoint::notFound);
    }

    /** Whoever opens it in a browser sees text at most, never a page of this origin. */
    private Optional<Response> raw(MailboxKey mailbox, UUID message) {
        return messages.size(mailbox, message)
                .map(size ->
                        Response.ok(
                                        (StreamingOutput) out -> write(mailbox, message, size, out),
                                        MESSAGE)
                                .header("Content-Length", size)
                                .header("X-Content-Type-Options", "nosniff")
                                .build());
    }

    private void write(MailboxKey mailbox, UUID message, int size, OutputStream out)
            throws IOException {
        for (var written = 0; written < size; ) {
            var slice = messages.slice(mailbox, message, written, SLICE_OCTETS);
            if (slice.length == 0) {
                throw new FileNotFoundException("message " + message + " is gone");
            }
            out.write(slice);
            written += slice.length;
        }
    }

    private static Response notFound() {
        return ProblemCode.NOT_FOUND.response(
                "The sandbox has no message with this id: GET its list.");
    }
}
