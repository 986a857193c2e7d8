package dev.postrider.mailbox.http;

import dev.postrider.audit.Audited;
import dev.postrider.http.DeletedAnswer;
import dev.postrider.http.Fields;
import dev.postrider.http.JsonBody;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.Caller;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.identity.user.ExternalIds;
import dev.postrider.identity.user.UserNames;
import dev.postrider.log.Journal;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.MailboxOptions;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.mailbox.NewMailbox;
import dev.postrider.mailbox.view.MailboxAnswer;
import dev.postrider.transport.Kinds;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /mailboxes}. */
@Path("/mailboxes")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Mailboxes")
final class MailboxesEndpoint {
    private static final int MAX_BODY = 256 * 1024;
    private static final Journal JOURNAL = Journal.of("http");

    private final Mailboxes mailboxes;
    private final Kinds kinds;
    private final MailboxAccess visible;
    private final ExternalIds users;
    private final ConnectWithApp byApp;

    MailboxesEndpoint(
            Mailboxes mailboxes,
            Kinds kinds,
            MailboxAccess visible,
            ExternalIds users,
            ConnectWithApp byApp) {
        this.byApp = byApp;
        this.users = users;
        this.mailboxes = mailboxes;
        this.kinds = kinds;
        this.visible = visible;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Audited("mailbox.connected")
    @Operation(
            operationId = "connectMailbox",
            summary = "Connect a mailbox",
            description =
                    "From then on your email is sent through it. The server's address is"
                            + " checked, but nobody logs in before the first email.")
    @RequestBodySchema(ConnectRequest.class)
    @APIResponseSchema(
            value = MailboxAnswer.class,
            responseCode = "201",
            responseDescription = "The mailbox is connected")
    @APIResponse(
            responseCode = "409",
            description = "mailbox_exists: you already have one with this address")
    @APIResponse(
            responseCode = "429",
            description = "limit_reached: the workspace has the maximum number of mailboxes")
    public Response connect(InputStream body, @Context SecurityContext security)
            throws IOException, InterruptedException {
        return JsonBody.answer(
                body, MAX_BODY, fields -> connect(fields, CallerContext.caller(security)));
    }

    private Response connect(Fields fields, Caller caller) throws InterruptedException {
        if (byApp.isWanted(fields)) {
            return byApp.connect(fields, caller, this::answer);
        }
        var address = ParseIdentity.address(fields);
        var displayName = ParseIdentity.displayName(fields, address);
        var setup = ParseTransport.of(caller.workspaceId(), fields, kinds, address);
        var options = new ParseOptions(fields).changing(MailboxOptions.USUAL);
        if (!fields.areValid() || setup.isEmpty()) {
            return fields.problem().response();
        }
        return answer(
                mailboxes.connect(
                        new NewMailbox(
                                caller.workspaceId(),
                                caller.userId(),
                                address,
                                displayName,
                                setup.get().transport(),
                                setup.get().secret(),
                                options)));
    }

    private Response answer(Mailboxes.Connected connected) {
        return switch (connected) {
            case Mailboxes.Connected.Done(var mailbox) -> connected(mailbox);
            case Mailboxes.Connected.Exists() -> exists();
            case Mailboxes.Connected.TooMany(var most) ->
                    ProblemCode.LIMIT_REACHED.response(
                            "The workspace has as many mailboxes as it may, "
                                    + most
                                    + ": remove some that aren't used, or ask the operator to"
                                    + " raise POSTRIDER_MAX_MAILBOXES.");
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
                .entity(answer(mailbox))
                .build();
    }

    private static Response exists() {
        return ProblemCode.MAILBOX_EXISTS.response(
                "You have connected this address before: change that mailbox with PATCH"
                        + " /mailboxes/ID, or remove it first. GET /mailboxes lists yours.");
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getMailbox", summary = "Get a mailbox")
    @APIResponseSchema(
            value = MailboxAnswer.class,
            responseDescription = "The mailbox, without its password")
    public Response get(@PathParam("id") String id, @Context SecurityContext security) {
        return visible.find(CallerContext.caller(security), id)
                .map(mailbox -> Response.ok(answer(mailbox)).build())
                .orElseGet(MailboxAccess::notFound);
    }

    @PATCH
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Audited("mailbox.changed")
    @Operation(
            operationId = "changeMailbox",
            summary = "Change, pause or resume a mailbox",
            description =
                    "What is left out stays. A held mailbox goes on, with the mail that waits,"
                            + " when its smtp settings change. When the server or the username changes,"
                            + " the password must be given again.")
    @RequestBodySchema(ChangeRequest.class)
    @APIResponseSchema(
            value = MailboxAnswer.class,
            responseDescription = "The mailbox as it is now")
    @APIResponse(responseCode = "409", description = "conflict: it was changed at the same moment")
    public Response change(
            @PathParam("id") String id, InputStream body, @Context SecurityContext security)
            throws IOException, InterruptedException {
        var caller = CallerContext.caller(security);
        var mailbox = visible.find(caller, id);
        if (mailbox.isEmpty()) {
            return MailboxAccess.notFound();
        }
        return JsonBody.answer(body, MAX_BODY, fields -> change(mailbox.get(), fields, caller));
    }

    private Response change(Mailbox mailbox, Fields fields, Caller caller)
            throws InterruptedException {
        var change = new ParseChange(fields, kinds).of(mailbox, caller);
        if (!fields.areValid()) {
            return fields.problem().response();
        }
        return mailboxes.change(change).map(this::changed).orElseGet(MailboxesEndpoint::conflict);
    }

    private Response changed(Mailbox mailbox) {
        JOURNAL.event("mailbox changed", "mailbox", mailbox.id(), "state", mailbox.state().text());
        return Response.ok(answer(mailbox)).build();
    }

    private MailboxAnswer answer(Mailbox mailbox) {
        return MailboxAnswer.of(mailbox, mailboxes.health(mailbox), owner(mailbox));
    }

    private Map<UUID, UserNames> owner(Mailbox mailbox) {
        return users.names(mailbox.workspaceId(), mailbox.userId().stream().toList());
    }

    private static Response conflict() {
        return ProblemCode.CONFLICT.response(
                "The mailbox was changed at the same moment: look at it and try again.");
    }

    @DELETE
    @Path("/{id}")
    @Audited("mailbox.removed")
    @Operation(
            operationId = "removeMailbox",
            summary = "Remove a mailbox",
            description =
                    "Its password and what a sandbox has kept are deleted too. Nothing is"
                            + " canceled silently: while mail waits in its queue the answer is 409, unless"
                            + " force=true cancels that mail. What is being sent right now is never"
                            + " canceled. Sent mail can still be looked at.")
    @APIResponseSchema(value = DeletedAnswer.class, responseDescription = "It is deleted")
    @APIResponse(
            responseCode = "409",
            description = "mailbox_has_mail: mail waits in its queue, or is being sent")
    @APIResponse(responseCode = "422", description = "force is neither true nor false")
    public Response remove(
            @PathParam("id") String id,
            @Parameter(
                            description = "Cancel the mail that waits.",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    @QueryParam("force")
                    @Nullable String force,
            @Context SecurityContext security) {
        if (force != null && !force.equals("true") && !force.equals("false")) {
            return Problem.invalid("force", "must be true or false").response();
        }
        return visible.find(CallerContext.caller(security), id)
                .map(mailbox -> remove(mailbox, "true".equals(force)))
                .orElseGet(MailboxAccess::notFound);
    }

    private Response remove(Mailbox mailbox, boolean force) {
        return switch (mailboxes.remove(mailbox.workspaceId(), mailbox.id(), force)) {
            case REMOVED -> {
                JOURNAL.event("mailbox removed", "mailbox", mailbox.id(), "forced", force);
                yield DeletedAnswer.of("mailbox", mailbox.id());
            }
            case HAS_MAIL ->
                    ProblemCode.MAILBOX_HAS_MAIL.response(
                            force
                                    ? "What waited is canceled, but mail of this mailbox is being sent right now:"
                                            + " try again in a moment."
                                    : "Mail waits in this mailbox's queue: let it be sent, or"
                                            + " cancel it by DELETE with ?force=true.");
            case NOT_FOUND -> MailboxAccess.notFound();
        };
    }
}
