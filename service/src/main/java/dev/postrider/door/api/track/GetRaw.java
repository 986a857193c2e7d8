package dev.postrider.door.api.track;

import dev.postrider.audit.Audited;
import dev.postrider.flow.store.find.Emails;
import dev.postrider.flow.store.find.StoredMessage;
import dev.postrider.http.Id;
import dev.postrider.identity.ForMailbox;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /emails/ID/raw}. */
@Path("/emails/{id}/raw")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Emails")
final class GetRaw {
    private static final String RFC822 = "message/rfc822";

    private final Emails emails;

    GetRaw(Emails emails) {
        this.emails = emails;
    }

    @GET
    @ForMailbox
    @Audited("email.exported")
    @Produces({RFC822, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "getRawEmail",
            summary = "Get an email's bytes as they are sent",
            description = "RFC 5322, without its blind recipients.")
    @APIResponse(
            responseCode = "200",
            description = "The message",
            content =
                    @Content(
                            mediaType = RFC822,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response get(@PathParam("id") String id, @Context SecurityContext security) {
        var scope = CallerVisibility.caller(security);
        return Id.parse(id)
                .map(uuid ->
                        emails.message(scope, uuid)
                                .map(GetRaw::answer)
                                .orElseGet(EmailProblems::notFound))
                .orElseGet(() -> EmailProblems.noId(id));
    }

    private static Response answer(StoredMessage message) {
        if (message.octets() == 0) {
            return EmailProblems.notKept();
        }
        StreamingOutput octets =
                out -> {
                    try (var in = message.open()) {
                        in.transferTo(out);
                    }
                };
        return Response.ok(octets, RFC822)
                .header(HttpHeaders.CONTENT_LENGTH, message.octets())
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }
}
