package dev.postrider.door.api.change;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.audit.Audited;
import dev.postrider.door.api.send.json.ScheduledAt;
import dev.postrider.door.api.track.CallerVisibility;
import dev.postrider.door.api.track.EmailProblems;
import dev.postrider.flow.accept.ScheduledTime;
import dev.postrider.flow.store.change.Cancellation;
import dev.postrider.flow.store.change.ChangeEmails;
import dev.postrider.flow.store.change.ChangeEmails.Changed;
import dev.postrider.flow.store.change.ChangedBy;
import dev.postrider.flow.store.find.Visibility;
import dev.postrider.http.Fields;
import dev.postrider.http.Id;
import dev.postrider.http.JsonBody;
import dev.postrider.identity.ForMailbox;
import dev.postrider.identity.http.CallerContext;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
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
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Reschedules, cancels and retries an email. */
@Path("/emails/{id}")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Emails")
final class ChangeEmailEndpoint {
    private static final int MAX_BODY = 16 * 1024;

    private static final String TOO_LATE =
            "The email's state doesn't allow that, or its mailbox is gone";

    private final ChangeEmails emails;
    private final MoveTargets targets;
    private final InstantSource clock = InstantSource.system();

    ChangeEmailEndpoint(ChangeEmails emails, MoveTargets targets) {
        this.targets = targets;
        this.emails = emails;
    }

    /** Describes the body. */
    @Schema(name = "EmailMove", description = "One of both.")
    record Description(
            @Schema(
                            description = "As with POST /emails.",
                            examples = "2026-12-24T18:00:00Z",
                            maxLength = ScheduledTime.MAX_LENGTH)
                    @JsonProperty("scheduled_at")
                    String scheduledAt,
            @Schema(description = "A mailbox that you may use, and that sends as the email's From.")
                    @JsonProperty("mailbox_id")
                    UUID mailboxId) {}

    @PATCH
    @Audited("email.moved")
    @ForMailbox
    @Operation(
            operationId = "moveEmail",
            summary =
                    "Send a scheduled email earlier or later, or a waiting one through another mailbox",
            description =
                    "A time that has passed sends it now. Another mailbox sends the same message: it must be"
                            + " one that sends as the email's From.")
    @RequestBodySchema(Description.class)
    @APIResponseSchema(value = ChangedAnswer.class, responseDescription = "It is moved")
    @APIResponse(responseCode = "403", description = "The mailbox doesn't send as its From")
    @APIResponse(responseCode = "409", description = TOO_LATE)
    public Response move(
            @PathParam("id") String id, InputStream body, @Context SecurityContext security)
            throws IOException {
        var uuid = Id.parse(id);
        return uuid.isEmpty()
                ? EmailProblems.noId(id)
                : JsonBody.answer(body, MAX_BODY, fields -> move(security, uuid.get(), fields));
    }

    private Response move(SecurityContext security, UUID id, Fields fields) {
        var scope = CallerVisibility.caller(security);
        var by = CallerVisibility.changer(security);
        if (fields.has("mailbox_id")) {
            if (fields.has("scheduled_at")) {
                fields.error(
                        "mailbox_id", "is another change than scheduled_at: ask for one of both");
            }
            var to = targets.in(fields, CallerContext.caller(security));
            return to.isEmpty() || !fields.areValid()
                    ? fields.problem().response()
                    : ChangeProblems.of(
                            emails.move(scope, by, id, to.get().mailbox(), to.get().addresses()),
                            id,
                            ChangeProblems.TOO_LATE_TO_MOVE);
        }
        var scheduledAt = ScheduledAt.in(fields, clock.instant());
        if (!fields.has("scheduled_at")) {
            fields.error("scheduled_at", "is missing");
        }
        return scheduledAt.isEmpty() || !fields.areValid()
                ? fields.problem().response()
                : ChangeProblems.of(
                        emails.reschedule(scope, by, id, scheduledAt.get()),
                        id,
                        "Only a scheduled email can be moved.");
    }

    @POST
    @Path("/cancel")
    @Audited("email.canceled")
    @ForMailbox
    @Operation(
            operationId = "cancelEmail",
            summary = "Cancel a waiting email",
            description =
                    "Possible as long as it waits. Nothing is sent any more. Where somebody may have got it,"
                            + " `state` says what is true: `sent` when some recipients had"
                            + " got it before; `unknown` when the outcome of an earlier attempt is"
                            + " unknown, so that it may have been sent; `queued` when that is so and"
                            + " its mailbox is asked first: it ends as `sent` or `unknown`.")
    @APIResponseSchema(
            value = CanceledAnswer.class,
            responseCode = "200",
            responseDescription = "Nothing more is sent")
    @APIResponse(responseCode = "409", description = TOO_LATE)
    public Response cancel(@PathParam("id") String id, @Context SecurityContext security) {
        var scope = CallerVisibility.caller(security);
        var by = CallerVisibility.changer(security);
        return Id.parse(id)
                .map(uuid -> cancel(scope, by, uuid))
                .orElseGet(() -> EmailProblems.noId(id));
    }

    private Response cancel(Visibility scope, ChangedBy by, UUID id) {
        var canceled = emails.cancel(scope, by, id);
        return canceled instanceof Cancellation.Done(var state, var reason)
                ? Response.ok(CanceledAnswer.of(id, state, reason)).build()
                : ChangeProblems.problem(canceled, id).orElseThrow().response();
    }

    @POST
    @Path("/retry")
    @Audited("email.retried")
    @ForMailbox
    @Operation(
            operationId = "retryEmail",
            summary = "Retry an email that was refused, failed or is unknown",
            description =
                    "The same bytes with the same Message-ID go to those recipients who haven't got"
                            + " it. After an unknown outcome the mailbox is asked first where it can be"
                            + " (Gmail and Microsoft, when the grant allows to look): an email that is"
                            + " found there becomes `sent` and isn't sent again. Else they may get it"
                            + " twice.")
    @APIResponseSchema(
            value = ChangedAnswer.class,
            responseCode = "200",
            responseDescription = "It is queued")
    @APIResponse(responseCode = "409", description = TOO_LATE)
    public Response retry(@PathParam("id") String id, @Context SecurityContext security) {
        var scope = CallerVisibility.caller(security);
        var by = CallerVisibility.changer(security);
        return change(
                id,
                uuid -> emails.retry(scope, by, uuid, clock.instant()),
                ChangeProblems.TOO_LATE_TO_RETRY);
    }

    private static Response change(String id, Function<UUID, Changed> change, String tooLate) {
        return Id.parse(id)
                .map(uuid -> ChangeProblems.of(change.apply(uuid), uuid, tooLate))
                .orElseGet(() -> EmailProblems.noId(id));
    }
}
