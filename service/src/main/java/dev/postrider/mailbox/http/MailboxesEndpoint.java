package dev.postrider.mailbox.http;

import dev.postrider.http.PageParameters;
import dev.postrider.identity.Caller;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.page.Page;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /mailboxes} and {@code GET /mailboxes/ID}. */
@Path("/mailboxes")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Mailboxes")
final class MailboxesEndpoint {
    private final Mailboxes mailboxes;
    private final MailboxAccess visible;

    MailboxesEndpoint(Mailboxes mailboxes, MailboxAccess visible) {
        this.mailboxes = mailboxes;
        this.visible = visible;
    }

    @GET
    @Operation(
            operationId = "listMailboxes",
            summary = "List mailboxes",
            description = "Yours, newest first; owners and admins see their whole workspace's.")
    @APIResponse(
            responseCode = "200",
            description = "A page",
            content = @Content(schema = @Schema(implementation = MailboxList.class)))
    public Response list(@BeanParam PageParameters parameters, @Context SecurityContext security) {
        var caller = CallerContext.caller(security);
        return parameters.answer(page -> page(caller, page));
    }

    private MailboxList page(Caller caller, Page page) {
        var found = mailboxes.list(caller.workspaceId(), MailboxAccess.owner(caller), page);
        return new MailboxList(found, mailboxes.used(caller.workspaceId(), found.items()));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getMailbox", summary = "Look at a mailbox")
    @APIResponse(
            responseCode = "200",
            description = "The mailbox, without its password",
            content = @Content(schema = @Schema(implementation = MailboxAnswer.class)))
    public Response get(@PathParam("id") String id, @Context SecurityContext security) {
        return visible.find(CallerContext.caller(security), id)
                .map(mailbox ->
                        Response.ok(MailboxAnswer.of(mailbox, mailboxes.used(mailbox))).build())
                .orElseGet(MailboxAccess::notFound);
    }
}
