package dev.postrider.flow.webhook;

import dev.postrider.http.PageParameters;
import dev.postrider.identity.http.CallerContext;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
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

/** {@code GET /webhooks} and {@code GET /webhooks/ID}. */
@Path("/webhooks")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks")
final class GetWebhooks {
    private final Webhooks webhooks;
    private final WebhookVisibility visible;

    GetWebhooks(Webhooks webhooks, WebhookVisibility visible) {
        this.webhooks = webhooks;
        this.visible = visible;
    }

    @GET
    @Operation(operationId = "listWebhooks", summary = "List the workspace's webhooks")
    @APIResponse(
            responseCode = "200",
            description = "A page, newest first",
            content = @Content(schema = @Schema(implementation = WebhookList.class)))
    @APIResponse(
            responseCode = "403",
            description = "forbidden: the caller is no owner and no admin")
    public Response list(@BeanParam PageParameters parameters, @Context SecurityContext security) {
        var caller = CallerContext.caller(security);
        return WebhookVisibility.mayManage(caller)
                ? parameters.answer(
                        page -> new WebhookList(webhooks.list(caller.workspaceId(), page)))
                : WebhookVisibility.FORBIDDEN.response();
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getWebhook", summary = "Look at a webhook")
    @APIResponse(
            responseCode = "200",
            description = "The webhook, without its secret",
            content = @Content(schema = @Schema(implementation = WebhookAnswer.class)))
    @APIResponse(
            responseCode = "403",
            description = "forbidden: the caller is no owner and no admin")
    public Response get(@PathParam("id") String id, @Context SecurityContext security) {
        return switch (visible.find(CallerContext.caller(security), id)) {
            case WebhookVisibility.Found.Hidden(var problem) -> problem.response();
            case WebhookVisibility.Found.Shown(var webhook) ->
                    Response.ok(WebhookAnswer.of(webhook)).build();
        };
    }
}
