package dev.postrider.door.api.track;

import dev.postrider.audit.Audited;
import dev.postrider.flow.store.ChangeEmails;
import dev.postrider.http.Id;
import dev.postrider.identity.ForMailbox;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
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

/** {@code POST /emails/ID/cancel}. */
@Path("/emails/{id}/cancel")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Emails")
final class CancelEmail {
    private final ChangeEmails emails;

    CancelEmail(ChangeEmails emails) {
        this.emails = emails;
    }

    @POST
    @Audited("email.canceled")
    @ForMailbox
    @Operation(
            operationId = "cancelEmail",
            summary = "Cancel an email that waits",
            description = "As long as no attempt to send it is begun.")
    @APIResponse(
            responseCode = "200",
            description = "It will not be sent",
            content = @Content(schema = @Schema(implementation = ChangedAnswer.class)))
    @APIResponse(
            responseCode = "409",
            description = "Its state has no way there, or its mailbox is gone")
    public Response cancel(@PathParam("id") String id, @Context SecurityContext security) {
        var scope = CallerVisibility.caller(security);
        return Id.parse(id)
                .map(uuid ->
                        EmailProblems.of(
                                emails.cancel(scope, uuid),
                                uuid,
                                "It is being sent, or has come to its end: only an email that waits"
                                        + " can be canceled. GET /emails/"
                                        + uuid
                                        + " shows its state."))
                .orElseGet(() -> EmailProblems.noId(id));
    }
}
