package dev.postrider.door.api.track;

import dev.postrider.audit.Actor;
import dev.postrider.audit.AuditLog;
import dev.postrider.audit.AuditReads;
import dev.postrider.flow.store.find.Emails;
import dev.postrider.http.Id;
import dev.postrider.identity.ForMailbox;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.identity.http.ClientAddress;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /emails/ID}. */
@Path("/emails/{id}")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Emails")
final class GetEmail {
    private final Emails emails;
    private final AuditReads audit;
    private final ClientAddress addresses;

    GetEmail(Emails emails, AuditReads audit, ClientAddress addresses) {
        this.addresses = addresses;
        this.audit = audit;
        this.emails = emails;
    }

    @GET
    @ForMailbox
    @Operation(
            operationId = "getEmail",
            summary = "See what became of an email",
            description =
                    "With each recipient's outcome and each attempt; `waiting` says what an email waits for.")
    @APIResponseSchema(value = EmailAnswer.class, responseDescription = "The email")
    public Response get(
            @PathParam("id") String id,
            @Context SecurityContext security,
            @Context HttpServerRequest request) {
        var caller = CallerContext.caller(security);
        return Id.parse(id)
                .map(uuid ->
                        emails.find(CallerVisibility.caller(security), uuid)
                                .map(email -> {
                                    if (!email.row()
                                            .userId()
                                            .equals(Optional.of(caller.userId()))) {
                                        audit(caller.actor(addresses.of(request)), uuid);
                                    }
                                    return Response.ok(EmailAnswer.of(email)).build();
                                })
                                .orElseGet(EmailProblems::notFound))
                .orElseGet(() -> EmailProblems.noId(id));
    }

    /** What somebody else wrote isn't read without an entry; its sender may look at will. */
    private void audit(Actor reader, UUID id) {
        audit.add(
                reader,
                "email.read",
                new AuditLog.Subject("email", Optional.of(id), "/emails/" + id));
    }
}
