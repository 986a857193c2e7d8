package dev.postrider.flow.webhook.http;

import dev.postrider.audit.Audited;
import dev.postrider.flow.webhook.Webhook;
import dev.postrider.flow.webhook.Webhooks;
import dev.postrider.http.DeletedAnswer;
import dev.postrider.http.Fields;
import dev.postrider.http.JsonBody;
import dev.postrider.http.PageParameters;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.Caller;
import dev.postrider.identity.http.AdminRights;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.log.Journal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /webhooks}, for owners and admins. */
@Path("/webhooks")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks")
final class WebhooksEndpoint {
    private static final int MAX_BODY = 64 * 1024;
    private static final Journal JOURNAL = Journal.of("http");

    private final Webhooks webhooks;
    private final ParseWebhook read;
    private final WebhookVisibility visible;

    WebhooksEndpoint(Webhooks webhooks, ParseWebhook read, WebhookVisibility visible) {
        this.webhooks = webhooks;
        this.read = read;
        this.visible = visible;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Audited("webhook.created")
    @Operation(
            operationId = "createWebhook",
            summary = "Create a webhook",
            description =
                    "From then on the endpoint is called for these events of the whole"
                            + " workspace; the calls are signed as Standard Webhooks specifies.")
    @RequestBodySchema(CreateRequest.class)
    @APIResponseSchema(
            value = CreatedAnswer.class,
            responseCode = "201",
            responseDescription = "The webhook with its secret, which is shown only once")
    @APIResponse(responseCode = "403", description = AdminRights.ONLY)
    @APIResponse(
            responseCode = "409",
            description = "conflict: the workspace already has 20 webhooks")
    public Response create(InputStream body, @Context SecurityContext security)
            throws IOException, InterruptedException {
        var caller = CallerContext.caller(security);
        if (!AdminRights.isOne(caller)) {
            return WebhookVisibility.FORBIDDEN.response();
        }
        return JsonBody.answer(body, MAX_BODY, fields -> create(fields, caller));
    }

    private Response create(Fields fields, Caller caller) throws InterruptedException {
        var endpoint = read.endpoint(caller.workspaceId(), fields);
        var events = read.events(fields);
        var status = read.status(fields).orElse(Webhook.Status.ENABLED);
        if (endpoint.isEmpty() || !fields.areValid()) {
            return fields.problem().response();
        }
        return webhooks.create(caller.workspaceId(), endpoint.get(), events, status)
                .map(WebhooksEndpoint::created)
                .orElseGet(WebhooksEndpoint::tooMany);
    }

    private static Response created(Webhooks.Created created) {
        var id = created.webhook().id();
        JOURNAL.event(
                "webhook created", "webhook", id, "host", created.webhook().endpoint().host());
        return Response.created(URI.create("/webhooks/" + id))
                .entity(new CreatedAnswer("webhook", id, created.secret().text()))
                .build();
    }

    private static Response tooMany() {
        return ProblemCode.CONFLICT.response(
                "The workspace has " + Webhooks.MOST + " webhooks, the maximum: remove one first.");
    }

    @GET
    @Operation(operationId = "listWebhooks", summary = "List the workspace's webhooks")
    @APIResponseSchema(value = WebhookList.class, responseDescription = "A page, newest first")
    @APIResponse(responseCode = "403", description = AdminRights.ONLY)
    public Response list(@BeanParam PageParameters parameters, @Context SecurityContext security) {
        var caller = CallerContext.caller(security);
        return AdminRights.isOne(caller)
                ? parameters.answer(
                        page -> new WebhookList(webhooks.list(caller.workspaceId(), page)))
                : WebhookVisibility.FORBIDDEN.response();
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getWebhook", summary = "Get a webhook")
    @APIResponseSchema(
            value = WebhookAnswer.class,
            responseDescription = "The webhook, without its secret")
    @APIResponse(responseCode = "403", description = AdminRights.ONLY)
    public Response get(@PathParam("id") String id, @Context SecurityContext security) {
        return switch (visible.find(CallerContext.caller(security), id)) {
            case WebhookVisibility.Found.Hidden(var problem) -> problem.response();
            case WebhookVisibility.Found.Shown(var webhook) ->
                    Response.ok(WebhookAnswer.of(webhook)).build();
        };
    }

    @PATCH
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Audited("webhook.changed")
    @Operation(
            operationId = "changeWebhook",
            summary = "Change, disable or enable a webhook",
            description =
                    "What is left out stays. A disabled webhook gets no calls: events that wait"
                            + " for it or happen meanwhile are not delivered later. One that was disabled"
                            + " because its endpoint failed goes on when it is enabled, with the events that"
                            + " waited then.")
    @RequestBodySchema(ChangeRequest.class)
    @APIResponseSchema(
            value = WebhookAnswer.class,
            responseDescription = "The webhook as it is now")
    @APIResponse(responseCode = "403", description = AdminRights.ONLY)
    public Response change(
            @PathParam("id") String id, InputStream body, @Context SecurityContext security)
            throws IOException, InterruptedException {
        return switch (visible.find(CallerContext.caller(security), id)) {
            case WebhookVisibility.Found.Hidden(var problem) -> problem.response();
            case WebhookVisibility.Found.Shown(var webhook) ->
                    JsonBody.answer(body, MAX_BODY, fields -> change(webhook, fields));
        };
    }

    private Response change(Webhook webhook, Fields fields) throws InterruptedException {
        var changed = read.changed(webhook, fields);
        if (!fields.areValid()) {
            return fields.problem().response();
        }
        return webhooks.change(changed)
                .map(WebhooksEndpoint::changed)
                .orElseGet(() -> WebhookVisibility.NOT_FOUND.response());
    }

    private static Response changed(Webhook webhook) {
        JOURNAL.event(
                "webhook changed", "webhook", webhook.id(), "status", webhook.status().text());
        return Response.ok(WebhookAnswer.of(webhook)).build();
    }

    @DELETE
    @Path("/{id}")
    @Audited("webhook.removed")
    @Operation(
            operationId = "removeWebhook",
            summary = "Remove a webhook",
            description = "Events that wait for it are not delivered.")
    @APIResponseSchema(value = DeletedAnswer.class, responseDescription = "It is deleted")
    @APIResponse(responseCode = "403", description = AdminRights.ONLY)
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
        return DeletedAnswer.of("webhook", webhook.id());
    }
}
