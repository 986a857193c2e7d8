package dev.postrider.flow.webhook;

import dev.postrider.audit.Audited;
import dev.postrider.http.Fields;
import dev.postrider.http.JsonBody;
import dev.postrider.http.Problem;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.Caller;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.log.Journal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /webhooks}. */
@Path("/webhooks")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks")
final class CreateWebhook {
    static final int MAX_BODY = 64 * 1024;
    private static final Journal JOURNAL = Journal.of("http");

    private final Webhooks webhooks;
    private final ParseWebhook read;

    CreateWebhook(Webhooks webhooks, ParseWebhook read) {
        this.webhooks = webhooks;
        this.read = read;
    }

    @POST
    @Audited("webhook.created")
    @Operation(
            operationId = "createWebhook",
            summary = "Create a webhook",
            description =
                    "From then on the endpoint is told of these events of the whole workspace, with"
                            + " calls that are signed as Standard Webhooks has it.")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = CreateRequest.class)))
    @APIResponse(
            responseCode = "201",
            description = "The webhook, with its secret for the only time",
            content = @Content(schema = @Schema(implementation = CreatedAnswer.class)))
    @APIResponse(
            responseCode = "403",
            description = "forbidden: the caller is no owner and no admin")
    @APIResponse(
            responseCode = "409",
            description = "conflict: the workspace has 20 webhooks already")
    @APIResponse(
            responseCode = "422",
            description =
                    "A body that is no JSON object; bad fields, each named; an endpoint that may not be called")
    public Response create(InputStream body, @Context SecurityContext security)
            throws IOException, InterruptedException {
        var caller = CallerContext.caller(security);
        if (!WebhookVisibility.mayManage(caller)) {
            return WebhookVisibility.FORBIDDEN.response();
        }
        return switch (JsonBody.read(body, MAX_BODY)) {
            case JsonBody.Read.Json(var object) -> create(new Fields(object), caller);
            case JsonBody.Read.Rejected(var problem) -> problem.response();
        };
    }

    private Response create(Fields fields, Caller caller) throws InterruptedException {
        var endpoint = read.endpoint(caller.workspaceId(), fields);
        var events = read.events(fields);
        var status = read.status(fields).orElse(Webhook.Status.ENABLED);
        if (endpoint.isEmpty() || !fields.areValid()) {
            return fields.problem().response();
        }
        return webhooks.create(caller.workspaceId(), endpoint.get(), events, status)
                .map(CreateWebhook::created)
                .orElseGet(CreateWebhook::tooMany);
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
        return Problem.of(
                        ProblemCode.CONFLICT,
                        "The workspace has "
                                + Webhooks.MOST
                                + " webhooks, which is the most: remove one first.")
                .response();
    }
}
