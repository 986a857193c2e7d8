package dev.postrider.mime.read;

import dev.postrider.mime.encoding.TransferEncoding;
import dev.postrider.mime.header.ContentIds;
import dev.postrider.mime.header.HeaderField;
import dev.postrider.mime.header.ParameterList;
import dev.postrider.mime.text.WellFormedUtf16;
import java.util.List;

/**
 * What a part's header says about its body.
 *
 * @param type its media type in lower case
 * @param boundary of its parts, in ISO 8859-1; empty if it is no multipart
 * @param charset as it is written
 * @param disposition {@code attachment}, {@code inline}, or empty if that isn't said
 */
record PartHeader(
        String type,
        String boundary,
        String charset,
        TransferEncoding encoding,
        String disposition,
        String filename,
        String contentId) {

    /** Characters of what is shown of it; all parts of a message are held at once. */
    private static final int MAX_SHOWN = 255;

    static PartHeader of(List<HeaderField> fields, boolean inDigest) {
        ParameterList type = ParameterList.of(value(fields, "content-type"));
        ParameterList disposition = ParameterList.of(value(fields, "content-disposition"));
        String filename = disposition.get("filename");
        boolean typed = type.value().indexOf('/') > 0;
        return new PartHeader(
                typed ? shown(type.value()) : inDigest ? "message/rfc822" : "text/plain",
                type.value().startsWith("multipart/") ? type.get("boundary") : "",
                type.get("charset"),
                TransferEncoding.of(value(fields, "content-transfer-encoding")),
                disposition.value(),
                shown(filename.isEmpty() ? type.get("name") : filename),
                shown(ContentIds.bare(value(fields, "content-id").strip())));
    }

    boolean isDigest() {
        return type.equals("multipart/digest");
    }

    /**
     * Whether it is listed as a file, and not shown as the message's text: root parts of HTML with
     * images have a Content-ID too.
     */
    boolean isFile() {
        return disposition.equals("attachment")
                || (!disposition.isEmpty() && !(filename.isEmpty() && contentId.isEmpty()));
    }

    private static String shown(String text) {
        return WellFormedUtf16.text(text.substring(0, Math.min(MAX_SHOWN, text.length())));
    }

    private static String value(List<HeaderField> fields, String name) {
        return HeaderField.first(fields, name).orElse("");
    }
}
