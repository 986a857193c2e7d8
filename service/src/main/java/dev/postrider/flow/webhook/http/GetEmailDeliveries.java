package dev.postrider.flow.webhook.http;

import dev.postrider.flow.store.find.Emails;
import dev.postrider.flow.store.find.Visibility;
import dev.postrider.flow.webhook.Deliveries;
import dev.postrider.http.Id;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.ForMailbox;
import dev.postrider.identity.http.CallerContext;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /emails/ID/deliveries}, for whoever may see the email. */
@Path("/emails/{id}/deliveries")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Emails")
final class GetEmailDeliveries {
    private final Emails emails;
    private final Deliveries deliveries;

    GetEmailDeliveries(Emails emails, Deliveries deliveries) {
        this.emails = emails;
        this.deliveries = deliveries;
    }

    @GET
    @ForMailbox
    @Operation(
            operationId = "listEmailDeliveries",
            summary = "See which webhooks were told of an email",
            description =
                    "Newest first, the last 100. Of the webhook only its id and where it is are shown;"
                            + " owners and admins see the calls at /webhooks/ID/deliveries/ID.")
    @APIResponseSchema(value = DeliveryAnswer.Listed.class, responseDescription = "All of them")
    public Response list(@PathParam("id") String id, @Context SecurityContext security) {
        var caller = CallerContext.caller(security);
        var visibility =
                new Visibility(caller.workspaceId(), caller.onlyUser(), caller.onlyMailbox());
        return Id.parse(id)
                .filter(uuid -> emails.message(visibility, uuid).isPresent())
                .map(uuid ->
                        Response.ok(
                                        new DeliveryAnswer.Listed(
                                                deliveries
                                                        .ofEmail(caller.workspaceId(), uuid)
                                                        .map(DeliveryAnswer::of)))
                                .build())
                .orElseGet(() ->
                        ProblemCode.NOT_FOUND.response(
                                "You have no email with this id: GET /emails lists them."));
    }
}
