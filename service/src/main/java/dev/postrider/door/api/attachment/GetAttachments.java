package dev.postrider.door.api.attachment;

import dev.postrider.audit.Audited;
import dev.postrider.door.api.track.CallerVisibility;
import dev.postrider.door.api.track.EmailProblems;
import dev.postrider.flow.store.find.Emails;
import dev.postrider.flow.store.find.StoredMessage;
import dev.postrider.http.Id;
import dev.postrider.http.ParsePage;
import dev.postrider.identity.ForMailbox;
import dev.postrider.identity.http.CallerContext;
import dev.postrider.mime.read.MessagePart;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code GET /emails/ID/attachments}, one of them, and its content. */
@Path("/emails/{id}/attachments")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Emails")
final class GetAttachments {
    /** An email has no more. */
    private static final String MOST = "100";

    private final Emails emails;
    private final Downloads downloads;

    GetAttachments(Emails emails, Downloads downloads) {
        this.emails = emails;
        this.downloads = downloads;
    }

    @GET
    @ForMailbox
    @Operation(operationId = "listAttachments", summary = "List an email's attachments")
    @APIResponseSchema(
            value = AttachmentAnswer.Listed.class,
            responseDescription = "A page, in their order in the message")
    public Response list(
            @PathParam("id") String id,
            @Parameter(
                            description = "All of them if left out.",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "100"))
                    @QueryParam("limit")
                    @Nullable String limit,
            @Parameter(description = "The last id of the page before this one.")
                    @QueryParam("after")
                    @Nullable String after,
            @Parameter(description = "The first id of the page after this one.")
                    @QueryParam("before")
                    @Nullable String before,
            @Context SecurityContext security,
            @Context UriInfo uri) {
        return switch (ParsePage.of(limit == null ? MOST : limit, after, before)) {
            case ParsePage.Invalid(var problem) -> problem.response();
            case ParsePage.Valid(var page) ->
                    with(
                            security,
                            id,
                            message -> {
                                var emailId = message.email().id();
                                var files = emails.parsed(message).files();
                                return Response.ok(
                                                new AttachmentAnswer.Listed(
                                                        page.within(
                                                                indices(files.size()),
                                                                index ->
                                                                        AttachmentId.of(
                                                                                emailId, index)),
                                                        index ->
                                                                answer(
                                                                        security,
                                                                        uri,
                                                                        emailId,
                                                                        AttachmentId.of(
                                                                                emailId, index),
                                                                        files.get(index))))
                                        .build();
                            });
        };
    }

    @GET
    @Path("/{attachment}")
    @ForMailbox
    @Operation(operationId = "getAttachment", summary = "Get an attachment")
    @APIResponseSchema(
            value = AttachmentAnswer.class,
            responseDescription = "The attachment, without its content")
    public Response get(
            @PathParam("id") String id,
            @PathParam("attachment") String attachment,
            @Context SecurityContext security,
            @Context UriInfo uri) {
        return with(
                security,
                id,
                message ->
                        Id.parse(attachment)
                                .flatMap(wanted ->
                                        find(message, wanted)
                                                .map(file ->
                                                        answer(
                                                                security,
                                                                uri,
                                                                message.email().id(),
                                                                wanted,
                                                                file)))
                                .map(answer -> Response.ok(answer).build())
                                .orElseGet(EmailProblems::notFound));
    }

    @GET
    @Path("/{attachment}/content")
    @Audited("email.exported")
    @Produces({MediaType.APPLICATION_OCTET_STREAM, MediaType.APPLICATION_JSON})
    @ForMailbox
    @Operation(
            operationId = "getAttachmentContent",
            summary = "Download an attachment",
            description =
                    "Sent as plain octets whatever its type, so that no browser opens it by"
                            + " itself.")
    @APIResponse(
            responseCode = "200",
            description = "Its octets",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response content(
            @PathParam("id") String id,
            @PathParam("attachment") String attachment,
            @Context SecurityContext security) {
        return with(
                security,
                id,
                message ->
                        Id.parse(attachment)
                                .flatMap(wanted -> find(message, wanted))
                                .map(file -> AttachmentContent.of(message, file))
                                .orElseGet(EmailProblems::notFound));
    }

    private static List<Integer> indices(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private AttachmentAnswer answer(
            SecurityContext security, UriInfo uri, UUID emailId, UUID id, MessagePart file) {
        var link = downloads.link(CallerContext.caller(security), emailId, id, uri.getBaseUri());
        return AttachmentAnswer.of(id, file, link);
    }

    private Optional<MessagePart> find(StoredMessage message, UUID attachment) {
        return AttachmentContent.find(
                message.email().id(), attachment, emails.parsed(message).files());
    }

    private Response with(
            SecurityContext security, String id, Function<StoredMessage, Response> answer) {
        var scope = CallerVisibility.caller(security);
        return Id.parse(id)
                .map(uuid ->
                        emails.message(scope, uuid)
                                .map(message ->
                                        message.octets() == 0
                                                ? EmailProblems.notKept()
                                                : answer.apply(message))
                                .orElseGet(EmailProblems::notFound))
                .orElseGet(() -> EmailProblems.noId(id));
    }
}
