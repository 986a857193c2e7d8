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
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /emails/ID/retry}. */
@Path("/emails/{id}/retry")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Emails")
final class RetryEmail {
    private final ChangeEmails emails;
    private final InstantSource clock = InstantSource.system();

    RetryEmail(ChangeEmails emails) {
        this.emails = emails;
    }

    @POST
    @Audited("email.retried")
    @ForMailbox
    @Operation(
            operationId = "retryEmail",
            summary = "Try an email again that was refused, failed or is unknown",
            description =
                    "The same bytes with the same Message-ID go to those recipients who haven't got"
                            + " it. After an unknown outcome they may get it twice.")
    @APIResponse(
            responseCode = "200",
            description = "It is queued",
            content = @Content(schema = @Schema(implementation = ChangedAnswer.class)))
    @APIResponse(
            responseCode = "409",
            description = "Its state has no way there, or its mailbox is gone")
    public Response retry(@PathParam("id") String id, @Context SecurityContext security) {
        var scope = CallerVisibility.caller(security);
        return Id.parse(id)
                .map(uuid ->
                        EmailProblems.of(
                                emails.retry(scope, uuid, clock.instant()),
                                uuid,
                                "Only an email that was refused, failed or is unknown can be tried"
                                        + " again. GET /emails/"
                                        + uuid
                                        + " shows its state."))
                .orElseGet(() -> EmailProblems.noId(id));
    }
}
