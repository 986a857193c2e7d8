package dev.postrider.mime.compose;

import dev.postrider.mime.encoding.Source;
import dev.postrider.mime.header.ContentIds;
import dev.postrider.mime.header.Disposition;
import org.jspecify.annotations.Nullable;

/**
 * A file that travels with an email.
 *
 * @param filename its name without a path, spaces around it dropped; empty for none
 * @param contentType its media type with any parameters (RFC 2045 section 5.1); empty to take it
 *     from the file name's extension
 * @param disposition how a reader should show it
 * @param contentId what {@code cid:} in the HTML refers to; angle brackets around it are dropped
 * @param content its octets
 */
public record Attachment(
        String filename,
        String contentType,
        Disposition disposition,
        @Nullable String contentId,
        Source content) {
    public Attachment {
        contentId = contentId == null ? null : ContentIds.bare(contentId);
    }

    /** A file to download, its media type taken from its name. */
    public static Attachment file(String filename, Source content) {
        return new Attachment(filename, "", Disposition.ATTACHMENT, null, content);
    }

    /** A file that the HTML shows by {@code cid:contentId}, its media type taken from its name. */
    public static Attachment inline(String filename, String contentId, Source content) {
        return new Attachment(filename, "", Disposition.INLINE, contentId, content);
    }

    /** The same file with the given media type. */
    public Attachment as(String mediaType) {
        return new Attachment(filename, mediaType, disposition, contentId, content);
    }
}
