package dev.postrider.door.api.attachment;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.http.ListAnswer;
import dev.postrider.mime.header.Disposition;
import dev.postrider.mime.read.MessagePart;
import dev.postrider.page.Page;
import java.util.UUID;
import java.util.function.IntFunction;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An attachment of an email, without its content. */
@Schema(name = "SentAttachment")
record AttachmentAnswer(
        @Schema(examples = "attachment") String object,
        UUID id,
        @Schema(nullable = true) @Nullable String filename,
        @JsonProperty("content_type") String contentType,
        @Schema(nullable = true) @JsonProperty("content_id") @Nullable String contentId,
        @Schema(enumeration = {"inline", "attachment"}) @JsonProperty("content_disposition")
                String contentDisposition,
        @Schema(
                        description =
                                "Its content, without a token, for whoever has this URL until it expires.")
                @JsonProperty("download_url")
                String downloadUrl,
        @Schema(description = "In an hour: ask again for a new URL.") @JsonProperty("expires_at")
                String expiresAt,
        @Schema(description = "In octets.") long size) {

    @Schema(name = "SentAttachments")
    static final class Listed extends ListAnswer<AttachmentAnswer> {
        Listed(Page.Items<Integer> found, IntFunction<AttachmentAnswer> answer) {
            super(found, answer::apply);
        }
    }

    static AttachmentAnswer of(UUID id, MessagePart file, Downloads.Link link) {
        return new AttachmentAnswer(
                "attachment",
                id,
                file.filename().isEmpty() ? null : file.filename(),
                file.contentType(),
                file.contentId().isEmpty() ? null : file.contentId(),
                file.disposition() == Disposition.INLINE ? "inline" : "attachment",
                link.url(),
                link.expiresAt().toString(),
                file.size());
    }
}
