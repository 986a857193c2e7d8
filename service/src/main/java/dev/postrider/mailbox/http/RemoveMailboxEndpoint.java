package dev.postrider.mailbox.http;

import dev.postrider.audit.Audited;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.log.Journal;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.Mailboxes;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
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

/** {@code DELETE /mailboxes/ID}. */
@Path("/mailboxes/{id}")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Mailboxes")
final class RemoveMailboxEndpoint {
    private static final Journal JOURNAL = Journal.of("http");

    private final Mailboxes mailboxes;
    private final MailboxAccess visible;

    RemoveMailboxEndpoint(Mailboxes mailboxes, MailboxAccess visible) {
        this.mailboxes = mailboxes;
        this.visible = visible;
    }

    @DELETE
    @Audited("mailbox.removed")
    @Operation(
            operationId = "removeMailbox",
            summary = "Remove a mailbox",
            description =
                    "With its password, and with what a sandbox has kept. Nothing is canceled"
                            + " silently: while mail waits in its queue the answer is 409, unless"
                            + " force=true cancels that mail. What is just being sent is never"
                            + " canceled. Mail that was sent stays to be looked at.")
    @APIResponse(
            responseCode = "200",
            description = "It is gone",
            content = @Content(schema = @Schema(implementation = RemovedAnswer.class)))
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
                yield Response.ok(new RemovedAnswer("mailbox", mailbox.id(), true)).build();
            }
            case HAS_MAIL ->
                    Problem.of(
                                    ProblemCode.MAILBOX_HAS_MAIL,
                                    force
                                            ? "What waited is canceled, but mail of this mailbox is"
                                                    + " just being sent: try again in a moment."
                                            : "Mail waits in this mailbox's queue: let it be sent, or"
                                                    + " cancel it by DELETE with ?force=true.")
                            .response();
            case NOT_FOUND -> MailboxAccess.notFound();
        };
    }
}
