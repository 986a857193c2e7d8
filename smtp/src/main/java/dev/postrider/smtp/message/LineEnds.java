package dev.postrider.smtp.message;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;

/** Makes CRLF the only line end (RFC 5321 section 2.3.8: CR and LF never occur alone). */
public final class LineEnds {
    private LineEnds() {}

    /** Whether each CR is followed by LF, each LF preceded by CR, and the end is a line's end. */
    public static boolean areClean(byte[] content) {
        for (int i = 0; i < content.length; i++) {
            byte octet = content[i];
            if (octet == '\r') {
                i++;
                if (i == content.length || content[i] != '\n') {
                    return false;
                }
            } else if (octet == '\n') {
                return false;
            }
        }
        return content.length > 0 && content[content.length - 1] == '\n';
    }

    static byte[] mend(byte[] content) {
        var mended = new ByteArrayOutputStream(content.length + content.length / 16 + 2);
        try (var blocks = new Blocks(() -> new ByteArrayInputStream(content))) {
            while (!blocks.isLast()) {
                blocks.next();
                mended.write(blocks.octets(), 0, blocks.length());
            }
        } catch (ContentUnreadable e) {
            throw new IllegalStateException("octets in memory are always readable", e);
        }
        return mended.toByteArray();
    }
}
