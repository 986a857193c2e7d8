package dev.postrider.flow.webhook;

import dev.postrider.audit.Audited;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.log.Journal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
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

/** {@code DELETE /webhooks/ID}. */
@Path("/webhooks/{id}")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks")
final class RemoveWebhook {
    private static final Journal JOURNAL = Journal.of("http");

    private final Webhooks webhooks;
    private final WebhookVisibility visible;

    RemoveWebhook(Webhooks webhooks, WebhookVisibility visible) {
        this.webhooks = webhooks;
        this.visible = visible;
    }

    @DELETE
    @Audited("webhook.removed")
    @Operation(
            operationId = "removeWebhook",
            summary = "Remove a webhook",
            description = "What waits for it is not told any more.")
    @APIResponse(
            responseCode = "200",
            description = "It is gone",
            content = @Content(schema = @Schema(implementation = RemovedAnswer.class)))
    @APIResponse(
            responseCode = "403",
            description = "forbidden: the caller is no owner and no admin")
    public Response remove(@PathParam("id") String id, @Context SecurityContext security) {
        return switch (visible.find(CallerContext.caller(security), id)) {
            case WebhookVisibility.Found.Hidden(var problem) -> problem.response();
            case WebhookVisibility.Found.Shown(var webhook) -> remove(webhook);
        };
    }

    private Response remove(Webhook webhook) {
        if (!webhooks.remove(webhook)) {
            return WebhookVisibility.NOT_FOUND.response();
        }
        JOURNAL.event("webhook removed", "webhook", webhook.id());
        return Response.ok(new RemovedAnswer("webhook", webhook.id(), true)).build();
    }
}
