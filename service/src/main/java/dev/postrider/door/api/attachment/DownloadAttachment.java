package dev.postrider.door.api.attachment;

import dev.postrider.audit.Actor;
import dev.postrider.audit.AuditLog;
import dev.postrider.audit.AuditOutcome;
import dev.postrider.audit.NotAudited;
import dev.postrider.door.api.track.EmailProblems;
import dev.postrider.flow.store.find.Emails;
import dev.postrider.http.ProblemCode;
import dev.postrider.identity.WithoutToken;
import dev.postrider.identity.http.ClientAddress;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /attachments/download}, where a {@code download_url} leads. The ticket stands in the
 * query, which the log of requests leaves out.
 */
@Path(Downloads.PATH)
@RunOnVirtualThread
@Produces({MediaType.APPLICATION_OCTET_STREAM, MediaType.APPLICATION_JSON})
@Tag(name = "Emails")
final class DownloadAttachment {
    private final Emails emails;
    private final Downloads downloads;
    private final AuditLog audit;
    private final ClientAddress addresses;

    DownloadAttachment(
            Emails emails, Downloads downloads, AuditLog audit, ClientAddress addresses) {
        this.addresses = addresses;
        this.audit = audit;
        this.emails = emails;
        this.downloads = downloads;
    }

    @GET
    @WithoutToken
    @SecurityRequirements
    @Operation(
            operationId = "downloadAttachment",
            summary = "Follow an attachment's download_url",
            description =
                    "Needs no token: the ticket in the URL stands for one, for this attachment"
                            + " and for an hour, as long as the user who got it may see the email.")
    @APIResponse(
            responseCode = "200",
            description = "Its octets",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(responseCode = "403", description = "The ticket is invalid or has expired")
    @APIResponse(
            responseCode = "404",
            description = "The email or its content is gone, or the user may no longer see it")
    @NotAudited("writes its entry itself, for whoever got the link")
    public Response download(
            @QueryParam("ticket") @Nullable String sealed, @Context HttpServerRequest request) {
        var ticket = downloads.ticket(sealed == null ? "" : sealed);
        return ticket.isEmpty()
                ? ProblemCode.FORBIDDEN.response(
                        "This link is invalid or has expired: GET /emails/ID/attachments gives a new"
                                + " one.")
                : answer(ticket.get(), addresses.of(request)).orElseGet(EmailProblems::notFound);
    }

    private Optional<Response> answer(DownloadTicket ticket, String address) {
        return emails.messageFor(ticket.workspaceId(), ticket.userId(), ticket.emailId())
                .flatMap(found ->
                        AttachmentContent.find(
                                        ticket.emailId(),
                                        ticket.attachmentId(),
                                        emails.parsed(found.message()).files())
                                .map(file -> {
                                    export(ticket, found.reader(), address);
                                    return AttachmentContent.of(found.message(), file);
                                }));
    }

    /** Written before the first octet leaves. */
    private void export(DownloadTicket ticket, String reader, String address) {
        audit.add(
                new Actor(
                        ticket.workspaceId(),
                        Optional.of(ticket.userId()),
                        reader,
                        Optional.of(address)),
                "email.exported",
                new AuditLog.Subject(
                        "email",
                        Optional.of(ticket.emailId()),
                        "/emails/%s/attachments/%s/content by a link"
                                .formatted(ticket.emailId(), ticket.attachmentId())),
                AuditOutcome.DONE);
    }
}
