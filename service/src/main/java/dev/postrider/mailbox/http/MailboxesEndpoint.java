package dev.postrider.mailbox.http;

import dev.postrider.http.Page;
import dev.postrider.http.ParsePage;
import dev.postrider.identity.Caller;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.mailbox.Mailboxes;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

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
    public Response list(
            @Parameter(
                            description = "How many at most.",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "100",
                                            defaultValue = "20"))
                    @QueryParam("limit")
                    @Nullable String limit,
            @Parameter(description = "The last id of the page before this one.")
                    @QueryParam("after")
                    @Nullable String after,
            @Parameter(description = "The first id of the page behind this one.")
                    @QueryParam("before")
                    @Nullable String before,
            @Context SecurityContext security) {
        var caller = CallerContext.caller(security);
        return switch (ParsePage.of(limit, after, before)) {
            case ParsePage.Valid(var page) -> Response.ok(page(caller, page)).build();
            case ParsePage.Invalid(var problem) -> problem.response();
        };
    }

    private MailboxList page(Caller caller, Page page) {
        var found = mailboxes.list(caller.workspaceId(), MailboxAccess.owner(caller), page);
        return MailboxList.of(found, mailboxes.used(caller.workspaceId(), found.items()));
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
