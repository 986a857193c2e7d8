package dev.postrider.flow.accept;

import dev.postrider.mime.compose.Attachment;
import dev.postrider.mime.encoding.Source;
import dev.postrider.mime.header.DecodeWords;
import dev.postrider.mime.header.Disposition;
import java.net.URI;
import java.util.Optional;

/** A file as a request describes it. */
public record RequestedAttachment(
        String filename, String contentType, Optional<String> contentId, Place place) {
    /** Where its octets are. */
    public sealed interface Place {
        /** In the request. */
        record Here(Source content) implements Place {}

        /** At a URL, from where they are fetched when the email is accepted. */
        record There(URI url) implements Place {}
    }

    /**
     * What HTML refers to by {@code cid:} is shown in it, all else is to download. Encoded words in
     * its name (RFC 2047) are decoded.
     */
    public Attachment with(Source content) {
        return new Attachment(
                DecodeWords.soundIn(filename),
                contentType,
                contentId.isPresent() ? Disposition.INLINE : Disposition.ATTACHMENT,
                contentId.orElse(null),
                content);
    }
}
