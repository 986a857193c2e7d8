package dev.postrider.door.api.track;

import dev.postrider.flow.store.find.Emails;
import dev.postrider.http.Id;
import dev.postrider.identity.ForMailbox;
import io.smallrye.common.annotation.RunOnVirtualThread;
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

/** {@code GET /emails/ID}. */
@Path("/emails/{id}")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Emails")
final class GetEmail {
    private final Emails emails;

    GetEmail(Emails emails) {
        this.emails = emails;
    }

    @GET
    @ForMailbox
    @Operation(
            operationId = "getEmail",
            summary = "See what became of an email",
            description =
                    "With each recipient's outcome and each attempt; `waiting` says what an email waits for.")
    @APIResponse(
            responseCode = "200",
            description = "The email",
            content = @Content(schema = @Schema(implementation = EmailAnswer.class)))
    public Response get(@PathParam("id") String id, @Context SecurityContext security) {
        var scope = VisibleTo.caller(security);
        return Id.parse(id)
                .map(uuid ->
                        emails.find(scope, uuid)
                                .map(email -> Response.ok(EmailAnswer.of(email)).build())
                                .orElseGet(Answers::notFound))
                .orElseGet(() -> Answers.noId(id));
    }
}
