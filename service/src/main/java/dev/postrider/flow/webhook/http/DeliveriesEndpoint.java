package dev.postrider.flow.webhook.http;

import dev.postrider.audit.Audited;
import dev.postrider.flow.webhook.Deliveries;
import dev.postrider.flow.webhook.Webhook;
import dev.postrider.http.Id;
import dev.postrider.http.PageParameters;
import dev.postrider.http.ParsePage;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.http.AdminRights;
import dev.postrider.identity.http.CallerContext;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /webhooks/ID/deliveries}, for owners and admins. */
@Path("/webhooks/{id}/deliveries")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks")
final class DeliveriesEndpoint {
    private final Deliveries deliveries;
    private final WebhookVisibility visible;

    DeliveriesEndpoint(Deliveries deliveries, WebhookVisibility visible) {
        this.deliveries = deliveries;
        this.visible = visible;
    }

    @GET
    @Operation(
            operationId = "listWebhookDeliveries",
            summary = "List what a webhook was told, or will be",
            description =
                    "By the time of their events, newest first. They are kept as long as the history"
                            + " is, a week at least.")
    @APIResponseSchema(value = DeliveryAnswer.Listed.class, responseDescription = "A page")
    @APIResponse(responseCode = "403", description = AdminRights.ONLY)
    @APIResponse(
            responseCode = "422",
            description = "The page doesn't exist, or a filter is invalid")
    public Response list(
            @PathParam("id") String id,
            @BeanParam PageParameters page,
            @BeanParam DeliveryParameters wanted,
            @Context SecurityContext security) {
        return switch (visible.find(CallerContext.caller(security), id)) {
            case WebhookVisibility.Found.Hidden(var problem) -> problem.response();
            case WebhookVisibility.Found.Shown(var webhook) -> list(webhook, page, wanted);
        };
    }

    private Response list(Webhook webhook, PageParameters parameters, DeliveryParameters wanted) {
        var parse = new ParseDeliveryFilter(webhook);
        var filter = parse.read(wanted);
        return switch (parameters.read()) {
            case ParsePage.Invalid(var problem) ->
                    Problem.invalid(
                                    Stream.of(problem.errors(), parse.errors())
                                            .flatMap(List::stream)
                                            .toList())
                            .response();
            case ParsePage.Valid _ when !parse.errors().isEmpty() ->
                    Problem.invalid(parse.errors()).response();
            case ParsePage.Valid(var page) ->
                    Response.ok(
                                    new DeliveryAnswer.Listed(
                                            deliveries
                                                    .list(webhook, filter, page)
                                                    .map(DeliveryAnswer::of)))
                            .build();
        };
    }

    @GET
    @Path("/{event_id}")
    @Operation(
            operationId = "getWebhookDelivery",
            summary = "See what a webhook was told, and what it answered",
            description =
                    "The request as it is sent, without what only the endpoint may read, and each"
                            + " attempt with its answer.")
    @APIResponseSchema(value = DeliveryAnswer.class, responseDescription = "The delivery")
    @APIResponse(responseCode = "403", description = AdminRights.ONLY)
    public Response get(
            @PathParam("id") String id,
            @PathParam("event_id") String eventId,
            @Context SecurityContext security) {
        return switch (visible.find(CallerContext.caller(security), id)) {
            case WebhookVisibility.Found.Hidden(var problem) -> problem.response();
            case WebhookVisibility.Found.Shown(var webhook) ->
                    find(webhook, eventId)
                            .map(found -> Response.ok(DeliveryAnswer.of(webhook, found)).build())
                            .orElseGet(DeliveriesEndpoint::notFound);
        };
    }

    @POST
    @Path("/{event_id}/replay")
    @Audited("webhook.replayed")
    @Operation(
            operationId = "replayWebhookDelivery",
            summary = "Tell a webhook an event again",
            description =
                    "Whatever became of it before; with the same webhook-id, and with all retries."
                            + " Events that happen meanwhile go first.")
    @APIResponseSchema(value = ReplayedAnswer.class, responseDescription = "It will be sent")
    @APIResponse(responseCode = "403", description = AdminRights.ONLY)
    @APIResponse(
            responseCode = "409",
            description = "conflict: the webhook is disabled, or is being called with it just now")
    public Response replay(
            @PathParam("id") String id,
            @PathParam("event_id") String eventId,
            @Context SecurityContext security) {
        return switch (visible.find(CallerContext.caller(security), id)) {
            case WebhookVisibility.Found.Hidden(var problem) -> problem.response();
            case WebhookVisibility.Found.Shown(var webhook) -> replay(webhook, eventId);
        };
    }

    private Response replay(Webhook webhook, String eventId) {
        var found = find(webhook, eventId);
        if (found.isEmpty()) {
            return notFound();
        }
        if (webhook.status() == Webhook.Status.DISABLED) {
            return ReplayedAnswer.disabled();
        }
        return deliveries.replay(webhook, found.get().row().event().id())
                ? Response.ok(ReplayedAnswer.of(1)).build()
                : ProblemCode.CONFLICT.response(
                        "The webhook is being called with this event just now: look at what comes of it"
                                + " first.");
    }

    private Optional<Deliveries.Found> find(Webhook webhook, String eventId) {
        return Id.parse(eventId).flatMap(uuid -> deliveries.find(webhook, uuid));
    }

    private static Response notFound() {
        return ProblemCode.NOT_FOUND.response(
                "This webhook isn't told of an event with this id, or that was too long ago: GET"
                        + " /webhooks/ID/deliveries lists them.");
    }
}
