package dev.postrider.flow.webhook.http;

import dev.postrider.audit.Audited;
import dev.postrider.flow.webhook.Deliveries;
import dev.postrider.flow.webhook.DeliveryFilter;
import dev.postrider.flow.webhook.DeliveryState;
import dev.postrider.flow.webhook.Webhook;
import dev.postrider.http.Fields;
import dev.postrider.http.JsonBody;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.http.AdminRights;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.log.Journal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
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
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /webhooks/ID/replay}. */
@Path("/webhooks/{id}/replay")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks")
final class ReplayWebhook {
    private static final int MAX_BODY = 16 * 1024;
    private static final int MAX_ITEMS = 50;
    private static final int MAX_TEXT = 64;
    private static final Journal JOURNAL = Journal.of("http");

    private final Deliveries deliveries;
    private final WebhookVisibility visible;

    ReplayWebhook(Deliveries deliveries, WebhookVisibility visible) {
        this.deliveries = deliveries;
        this.visible = visible;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Audited("webhook.replayed")
    @Operation(
            operationId = "replayWebhook",
            summary = "Tell a webhook all events of a time span again",
            description =
                    "Those that failed, unless `states` says otherwise; 100,000 at most, or none of"
                            + " them. Each has the same webhook-id as before, and all its retries. Events"
                            + " that happen meanwhile go first.")
    @RequestBodySchema(ReplayRequest.class)
    @APIResponseSchema(value = ReplayedAnswer.class, responseDescription = "How many will be sent")
    @APIResponse(responseCode = "403", description = AdminRights.ONLY)
    @APIResponse(responseCode = "409", description = "conflict: the webhook is disabled")
    @APIResponse(
            responseCode = "422",
            description = "The input is invalid, or more than 100,000 events were found")
    public Response replay(
            @PathParam("id") String id, InputStream body, @Context SecurityContext security)
            throws IOException {
        return switch (visible.find(CallerContext.caller(security), id)) {
            case WebhookVisibility.Found.Hidden(var problem) -> problem.response();
            case WebhookVisibility.Found.Shown(var webhook) ->
                    JsonBody.answer(body, MAX_BODY, fields -> replay(webhook, fields));
        };
    }

    private Response replay(Webhook webhook, Fields fields) {
        var filter = filter(webhook, fields);
        if (!fields.areValid()) {
            return fields.problem().response();
        }
        if (webhook.status() == Webhook.Status.DISABLED) {
            return ReplayedAnswer.disabled();
        }
        var replayed = deliveries.replay(webhook, filter);
        if (replayed.isEmpty()) {
            return ProblemCode.INVALID_INPUT.response(
                    "More than %,d events were found, and none is sent again: choose a shorter time."
                            .formatted(Deliveries.MOST_REPLAYED));
        }
        JOURNAL.event("webhook replayed", "webhook", webhook.id(), "events", replayed.get());
        return Response.ok(ReplayedAnswer.of(replayed.get())).build();
    }

    private static DeliveryFilter filter(Webhook webhook, Fields fields) {
        var parse = new ParseDeliveryFilter(webhook);
        var after =
                parse.time(
                        "created_after",
                        Optional.of(fields.text("created_after", MAX_TEXT))
                                .filter(text -> !text.isEmpty()));
        var before = parse.time("created_before", fields.optionalText("created_before", MAX_TEXT));
        var states = parse.states("states", fields.texts("states", MAX_ITEMS, MAX_TEXT));
        var types = parse.types("types", fields.texts("types", MAX_ITEMS, MAX_TEXT));
        if (after.isPresent() && before.isPresent() && !after.get().isBefore(before.get())) {
            parse.error("created_before", "must be later than created_after");
        }
        parse.errors().forEach(error -> fields.error(error.field(), error.message()));
        return new DeliveryFilter(
                states.isEmpty() ? List.of(DeliveryState.FAILED) : states,
                types,
                Optional.empty(),
                after,
                before);
    }
}
