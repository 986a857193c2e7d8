package dev.postrider.flow.webhook;

import dev.postrider.audit.Audited;
import dev.postrider.http.Fields;
import dev.postrider.http.JsonBody;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.log.Journal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code PATCH /webhooks/ID}. */
@Path("/webhooks/{id}")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks")
final class ChangeWebhook {
    private static final Journal JOURNAL = Journal.of("http");

    private final Webhooks webhooks;
    private final ParseWebhook read;
    private final WebhookVisibility visible;

    ChangeWebhook(Webhooks webhooks, ParseWebhook read, WebhookVisibility visible) {
        this.webhooks = webhooks;
        this.read = read;
        this.visible = visible;
    }

    @PATCH
    @Audited("webhook.changed")
    @Operation(
            operationId = "changeWebhook",
            summary = "Change, disable or enable a webhook",
            description =
                    "What is left out stays. A disabled webhook is told nothing; what waits for it"
                            + " and what happens meanwhile is not told later. One that was disabled"
                            + " because its endpoint takes nothing goes on when it is enabled.")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = ChangeRequest.class)))
    @APIResponse(
            responseCode = "200",
            description = "The webhook as it is now",
            content = @Content(schema = @Schema(implementation = WebhookAnswer.class)))
    @APIResponse(
            responseCode = "403",
            description = "forbidden: the caller is no owner and no admin")
    @APIResponse(
            responseCode = "422",
            description =
                    "A body that is no JSON object; bad fields, each named; an endpoint that may not be called")
    public Response change(
            @PathParam("id") String id, InputStream body, @Context SecurityContext security)
            throws IOException, InterruptedException {
        return switch (visible.find(CallerContext.caller(security), id)) {
            case WebhookVisibility.Found.Hidden(var problem) -> problem.response();
            case WebhookVisibility.Found.Shown(var webhook) ->
                    switch (JsonBody.read(body, CreateWebhook.MAX_BODY)) {
                        case JsonBody.Read.Json(var object) -> change(webhook, new Fields(object));
                        case JsonBody.Read.Rejected(var problem) -> problem.response();
                    };
        };
    }

    private Response change(Webhook webhook, Fields fields) throws InterruptedException {
        var changed = read.changed(webhook, fields);
        if (!fields.areValid()) {
            return fields.problem().response();
        }
        return webhooks.change(changed)
                .map(ChangeWebhook::changed)
                .orElseGet(() -> WebhookVisibility.NOT_FOUND.response());
    }

    private static Response changed(Webhook webhook) {
        JOURNAL.event(
                "webhook changed", "webhook", webhook.id(), "status", webhook.status().text());
        return Response.ok(WebhookAnswer.of(webhook)).build();
    }
}
