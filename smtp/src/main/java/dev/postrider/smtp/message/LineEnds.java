package dev.postrider.smtp.message;

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
        byte before = 0;
        for (byte octet : content) {
            if (octet == '\n' && before == '\r') {
                before = octet;
                continue;
            }
            if (octet == '\r' || octet == '\n') {
                mended.write('\r');
                mended.write('\n');
            } else {
                mended.write(octet);
            }
            before = octet;
        }
        if (before != '\r' && before != '\n') {
            mended.write('\r');
            mended.write('\n');
        }
        return mended.toByteArray();
    }
}
