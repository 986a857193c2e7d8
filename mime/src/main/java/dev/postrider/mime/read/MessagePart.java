package dev.postrider.mime.read;

import dev.postrider.mime.encoding.TransferEncoding;
import dev.postrider.mime.header.Disposition;
import java.io.InputStream;

/**
 * A file in a message, and where it stands: enough to stream it later without reading the message
 * again.
 *
 * @param offset the index of its first octet in the message, behind its own header
 * @param length its octets as they stand there, without the line end before the next boundary
 * @param encoding how they are encoded
 * @param size its octets once decoded
 * @param contentType its media type in lower case, without parameters
 * @param filename its name for people; empty for none
 * @param contentId what {@code cid:} in the HTML refers to, without angle brackets; empty for none
 * @param disposition how a reader should show it
 */
public record MessagePart(
        long offset,
        long length,
        TransferEncoding encoding,
        long size,
        String contentType,
        String filename,
        String contentId,
        Disposition disposition) {

    /**
     * Decodes the part while it is read.
     *
     * @param encoded the message's octets from {@link #offset} on, {@link #length} of them; closed
     *     with the stream that is given back
     */
    public InputStream decode(InputStream encoded) {
        return encoding.decode(encoded);
    }
}
