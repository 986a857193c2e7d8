package dev.postrider.mailbox.http;

import dev.postrider.audit.Audited;
import dev.postrider.http.Fields;
import dev.postrider.http.JsonBody;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.Caller;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.log.Journal;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.transport.Kinds;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code PATCH /mailboxes/ID}. */
@Path("/mailboxes/{id}")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Mailboxes")
final class ChangeMailboxEndpoint {
    private static final Journal JOURNAL = Journal.of("http");

    private final Mailboxes mailboxes;
    private final MailboxAccess visible;
    private final Kinds kinds;

    ChangeMailboxEndpoint(Mailboxes mailboxes, MailboxAccess visible, Kinds kinds) {
        this.mailboxes = mailboxes;
        this.visible = visible;
        this.kinds = kinds;
    }

    @PATCH
    @Audited("mailbox.changed")
    @Operation(
            operationId = "changeMailbox",
            summary = "Change, pause or resume a mailbox",
            description =
                    "What is left out stays. A mailbox that is held goes on, with the mail that"
                            + " waits, when its smtp part changes. When anything of the server or the"
                            + " username changes, the password must be given again.")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = ChangeRequest.class)))
    @APIResponse(
            responseCode = "200",
            description = "The mailbox as it is now",
            content = @Content(schema = @Schema(implementation = MailboxAnswer.class)))
    @APIResponse(responseCode = "409", description = "conflict: it was changed in the same moment")
    @APIResponse(
            responseCode = "422",
            description =
                    "A body that is no JSON object; bad fields, each named; a server that may not"
                            + " be connected to")
    public Response change(
            @PathParam("id") String id, InputStream body, @Context SecurityContext security)
            throws IOException, InterruptedException {
        var caller = CallerContext.caller(security);
        var mailbox = visible.find(caller, id);
        if (mailbox.isEmpty()) {
            return MailboxAccess.notFound();
        }
        return switch (JsonBody.read(body, ConnectMailboxEndpoint.MAX_BODY)) {
            case JsonBody.Read.Json(var object) ->
                    change(mailbox.get(), new Fields(object), caller);
            case JsonBody.Read.Rejected(var problem) -> problem.response();
        };
    }

    private Response change(Mailbox mailbox, Fields fields, Caller caller)
            throws InterruptedException {
        var change = new ParseChange(fields, kinds).of(mailbox, caller);
        if (!fields.areValid()) {
            return fields.problem().response();
        }
        return mailboxes
                .change(change)
                .map(this::changed)
                .orElseGet(ChangeMailboxEndpoint::conflict);
    }

    private Response changed(Mailbox mailbox) {
        JOURNAL.event("mailbox changed", "mailbox", mailbox.id(), "state", mailbox.state().text());
        return Response.ok(MailboxAnswer.of(mailbox, mailboxes.used(mailbox))).build();
    }

    private static Response conflict() {
        return Problem.of(
                        ProblemCode.CONFLICT,
                        "The mailbox was changed in the same moment: look at it and try again.")
                .response();
    }
}
