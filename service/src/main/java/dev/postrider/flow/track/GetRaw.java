package dev.postrider.flow.track;

import dev.postrider.audit.Audited;
import dev.postrider.http.Id;
import dev.postrider.http.Problem;
import dev.postrider.identity.Caller;
import dev.postrider.identity.ForMailbox;
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
    @APIResponse(
            responseCode = "401",
            description = "No token and no API key, a bad token, or an API key that only sends",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "403",
            description = "A bad API key",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = "You have no such email",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "The id is none, or a field is wrong",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "429",
            description = "The API key makes more requests a second than it may",
            content = @Content(schema = @Schema(implementation = Problem.class)))
    public Response get(@PathParam("id") String id, @Context SecurityContext security) {
        var scope = Scope.of(Caller.of(security));
        return Id.parse(id)
                .map(uuid ->
                        emails.content(scope, uuid)
                                .map(octets -> Response.ok(octets, RFC822).build())
                                .orElseGet(Answers::notFound))
                .orElseGet(() -> Answers.noId(id));
    }
}
