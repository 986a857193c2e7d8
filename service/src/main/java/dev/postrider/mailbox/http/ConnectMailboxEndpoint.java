package dev.postrider.mailbox.http;

import dev.postrider.audit.Audited;
import dev.postrider.http.Fields;
import dev.postrider.http.JsonBody;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.Caller;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.log.Journal;
import dev.postrider.mailbox.DayUsage;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.MailboxOptions;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mailbox.NewMailbox;
import dev.postrider.transport.Kinds;
import io.smallrye.common.annotation.RunOnVirtualThread;
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
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /mailboxes}. */
@Path("/mailboxes")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Mailboxes")
final class ConnectMailboxEndpoint {
    static final int MAX_BODY = 256 * 1024;
    private static final Journal JOURNAL = Journal.of("http");

    private final Mailboxes mailboxes;
    private final Kinds kinds;

    ConnectMailboxEndpoint(Mailboxes mailboxes, Kinds kinds) {
        this.mailboxes = mailboxes;
        this.kinds = kinds;
    }

    @POST
    @Audited("mailbox.connected")
    @Operation(
            operationId = "connectMailbox",
            summary = "Connect a mailbox",
            description =
                    "From then on your email leaves through it. The server is looked up, not logged"
                            + " in to: the first email does that.")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = ConnectRequest.class)))
    @APIResponse(
            responseCode = "201",
            description = "The mailbox is connected",
            content = @Content(schema = @Schema(implementation = MailboxAnswer.class)))
    @APIResponse(responseCode = "409", description = "mailbox_exists: you have one of this address")
    @APIResponse(
            responseCode = "429",
            description = "limit_reached: the workspace has as many mailboxes as it may")
    @APIResponse(
            responseCode = "422",
            description =
                    "A body that is no JSON object; bad fields, each named; a server that may not"
                            + " be connected to")
    public Response connect(InputStream body, @Context SecurityContext security)
            throws IOException, InterruptedException {
        return switch (JsonBody.read(body, MAX_BODY)) {
            case JsonBody.Read.Json(var object) ->
                    connect(new Fields(object), CallerContext.caller(security));
            case JsonBody.Read.Rejected(var problem) -> problem.response();
        };
    }

    private Response connect(Fields fields, Caller caller) throws InterruptedException {
        var address = ParseIdentity.address(fields);
        var displayName = ParseIdentity.displayName(fields, address);
        var setup = ParseTransport.of(caller.workspaceId(), fields, kinds, address);
        var options = new ParseOptions(fields).changing(MailboxOptions.USUAL);
        if (!fields.areValid() || setup.isEmpty()) {
            return fields.problem().response();
        }
        return switch (mailboxes.connect(
                new NewMailbox(
                        caller.workspaceId(),
                        caller.userId(),
                        address,
                        displayName,
                        setup.get().transport(),
                        setup.get().secret(),
                        options))) {
            case Mailboxes.Connected.Done(var mailbox) -> connected(mailbox);
            case Mailboxes.Connected.Exists() -> exists();
            case Mailboxes.Connected.TooMany(var most) ->
                    Problem.of(
                                    ProblemCode.LIMIT_REACHED,
                                    "The workspace has as many mailboxes as it may, "
                                            + most
                                            + ": remove some that aren't used, or ask the operator to"
                                            + " raise POSTRIDER_MAX_MAILBOXES.")
                            .response();
        };
    }

    private Response connected(Mailbox mailbox) {
        JOURNAL.event(
                "mailbox connected",
                "mailbox",
                mailbox.id(),
                "server",
                mailbox.transport().place());
        return Response.created(URI.create("/mailboxes/" + mailbox.id()))
                .entity(MailboxAnswer.of(mailbox, DayUsage.NOTHING))
                .build();
    }

    private static Response exists() {
        return Problem.of(
                        ProblemCode.MAILBOX_EXISTS,
                        "You have connected this address before: change that mailbox with PATCH"
                                + " /mailboxes/ID, or remove it first. GET /mailboxes lists yours.")
                .response();
    }
}
