package dev.postrider.mime.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Octets as {@code %C3} (RFC 2231 section 4, RFC 3986 section 2.1). */
public final class PercentEncoding {
    private PercentEncoding() {}

    /** A text's octets in UTF-8, escapes decoded; what is no escape stays. */
    public static byte[] decode(String text) {
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream octets = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            int first = in[i] == '%' && i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int second = first < 0 ? -1 : Character.digit(in[i + 2], 16);
            if (second >= 0) {
                octets.write((first << 4) | second);
                i += 2;
            } else {
                octets.write(in[i]);
            }
        }
        return octets.toByteArray();
    }
}
