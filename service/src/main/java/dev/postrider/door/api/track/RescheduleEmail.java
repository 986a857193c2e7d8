package dev.postrider.door.api.track;

import dev.postrider.audit.Audited;
import dev.postrider.door.api.send.ScheduledAt;
import dev.postrider.flow.accept.ScheduledTime;
import dev.postrider.flow.store.ChangeEmails;
import dev.postrider.flow.store.find.Visibility;
import dev.postrider.http.Fields;
import dev.postrider.http.Id;
import dev.postrider.http.JsonBody;
import dev.postrider.identity.ForMailbox;
import io.smallrye.common.annotation.RunOnVirtualThread;
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
import java.time.InstantSource;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code PATCH /emails/ID}. */
@Path("/emails/{id}")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Emails")
final class RescheduleEmail {
    private static final int MAX_BODY = 16 * 1024;

    private final ChangeEmails emails;
    private final InstantSource clock = InstantSource.system();

    RescheduleEmail(ChangeEmails emails) {
        this.emails = emails;
    }

    /** Describes the body. */
    @Schema(name = "EmailMove", requiredProperties = "scheduled_at")
    record Description(
            @Schema(
                            description = "As with POST /emails.",
                            examples = "2026-12-24T18:00:00Z",
                            maxLength = ScheduledTime.MAX_LENGTH)
                    @com.fasterxml.jackson.annotation.JsonProperty("scheduled_at")
                    String scheduledAt) {}

    @PATCH
    @Audited("email.moved")
    @ForMailbox
    @Operation(
            operationId = "moveEmail",
            summary = "Send a scheduled email earlier or later",
            description = "A time that has passed sends it now.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Description.class)))
    @APIResponse(
            responseCode = "200",
            description = "It is moved",
            content = @Content(schema = @Schema(implementation = ChangedAnswer.class)))
    @APIResponse(
            responseCode = "409",
            description = "Its state has no way there, or its mailbox is gone")
    public Response move(
            @PathParam("id") String id, InputStream body, @Context SecurityContext security)
            throws IOException {
        var uuid = Id.parse(id);
        return uuid.isEmpty()
                ? EmailProblems.noId(id)
                : switch (JsonBody.read(body, MAX_BODY)) {
                    case JsonBody.Read.Rejected(var problem) -> problem.response();
                    case JsonBody.Read.Json(var object) ->
                            move(CallerVisibility.caller(security), uuid.get(), new Fields(object));
                };
    }

    private Response move(Visibility scope, UUID id, Fields fields) {
        var scheduledAt = ScheduledAt.in(fields, clock.instant());
        if (!fields.has("scheduled_at")) {
            fields.error("scheduled_at", "is missing");
        }
        return scheduledAt.isEmpty() || !fields.areValid()
                ? fields.problem().response()
                : EmailProblems.of(
                        emails.move(scope, id, scheduledAt.get()),
                        id,
                        "Only an email that is scheduled can be moved. GET /emails/"
                                + id
                                + " shows its state.");
    }
}
