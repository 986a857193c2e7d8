package dev.postrider.flow.webhook.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.postrider.audit.Audited;
import dev.postrider.flow.webhook.SigningSecret;
import dev.postrider.flow.webhook.Webhook;
import dev.postrider.flow.webhook.Webhooks;
import dev.postrider.http.Fields;
import dev.postrider.http.JsonBody;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.http.AdminRights;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.log.Journal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import java.io.PushbackInputStream;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /webhooks/ID/secret}. */
@Path("/webhooks/{id}/secret")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks")
final class RotateSecret {
    private static final int MAX_BODY = 4 * 1024;
    private static final int MAX_SECRET = 100;
    private static final Duration USUAL_OVERLAP = Duration.ofDays(1);
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(7);
    private static final Journal JOURNAL = Journal.of("http");

    private final Webhooks webhooks;
    private final WebhookVisibility visible;

    RotateSecret(Webhooks webhooks, WebhookVisibility visible) {
        this.webhooks = webhooks;
        this.visible = visible;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Audited("webhook.secret_rotated")
    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "Give a webhook another signing secret",
            description =
                    "For a day, or as long as you say, calls are signed with both, so that no call fails"
                            + " while your application takes up the new one. There are never more than two: a"
                            + " secret that was still valid from a rotation before ends. The body may be left"
                            + " out.")
    @RequestBodySchema(RotateRequest.class)
    @APIResponseSchema(
            value = RotatedAnswer.class,
            responseDescription = "The new secret, which is shown only once")
    @APIResponse(responseCode = "403", description = AdminRights.ONLY)
    public Response rotate(
            @PathParam("id") String id, InputStream body, @Context SecurityContext security)
            throws IOException {
        return switch (visible.find(CallerContext.caller(security), id)) {
            case WebhookVisibility.Found.Hidden(var problem) -> problem.response();
            case WebhookVisibility.Found.Shown(var webhook) -> rotate(webhook, body);
        };
    }

    private Response rotate(Webhook webhook, InputStream body) throws IOException {
        var peek = new PushbackInputStream(body);
        var first = peek.read();
        if (first < 0) {
            return rotate(webhook, new Fields(JsonNodeFactory.instance.objectNode()));
        }
        peek.unread(first);
        return JsonBody.answer(peek, MAX_BODY, fields -> rotate(webhook, fields));
    }

    private Response rotate(Webhook webhook, Fields fields) {
        var text = fields.optionalText("signing_secret", MAX_SECRET);
        var chosen = text.flatMap(SigningSecret::parse);
        if (text.isPresent() && chosen.isEmpty()) {
            fields.error("signing_secret", "must be whsec_ and 24 to 64 random bytes in base64");
        }
        var overlap =
                fields.optionalInt("previous_valid_for", 0, (int) LONGEST_OVERLAP.toSeconds());
        if (!fields.areValid()) {
            return fields.problem().response();
        }
        var keep = Duration.ofSeconds(overlap.orElse((int) USUAL_OVERLAP.toSeconds()));
        return webhooks.rotate(webhook, chosen, keep)
                .map(RotateSecret::rotated)
                .orElseGet(() -> WebhookVisibility.NOT_FOUND.response());
    }

    private static Response rotated(Webhooks.Rotated rotated) {
        JOURNAL.event("webhook secret rotated", "webhook", rotated.webhook().id());
        return Response.ok(RotatedAnswer.of(rotated)).build();
    }

    @DELETE
    @Path("/previous")
    @Audited("webhook.previous_secret_ended")
    @Operation(
            operationId = "endPreviousWebhookSecret",
            summary = "End the secret before the last rotation now",
            description = "From then on calls are signed with the new one only.")
    @APIResponseSchema(
            value = WebhookAnswer.class,
            responseDescription = "The webhook as it is now")
    @APIResponse(responseCode = "403", description = AdminRights.ONLY)
    @APIResponse(responseCode = "404", description = "There is no such secret, or no such webhook")
    public Response endPrevious(@PathParam("id") String id, @Context SecurityContext security) {
        return switch (visible.find(CallerContext.caller(security), id)) {
            case WebhookVisibility.Found.Hidden(var problem) -> problem.response();
            case WebhookVisibility.Found.Shown(var webhook) ->
                    webhooks.endPreviousSecret(webhook)
                            .map(after -> Response.ok(WebhookAnswer.of(after)).build())
                            .orElseGet(() ->
                                    ProblemCode.NOT_FOUND.response(
                                            "Only one secret of this webhook is valid: there is none"
                                                    + " before it to end."));
        };
    }
}
