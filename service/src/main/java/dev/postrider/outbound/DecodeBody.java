package dev.postrider.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Undoes a Content-Encoding (RFC 9110, 8.4.1), which servers send though the request asks for none.
 * Nothing is inflated before it is read, so a bound on what is read bounds a bomb too.
 */
final class DecodeBody {
    private DecodeBody() {}

    /** The encoding isn't one that is known. */
    static final class UnknownEncoding extends IOException {
        private static final long serialVersionUID = 1L;

        UnknownEncoding() {
            super("is encoded in a way that isn't known (Content-Encoding)");
        }
    }

    static boolean isEncoded(String encoding) {
        return !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity");
    }

    static InputStream of(InputStream body, String encoding) throws IOException {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> body;
            case "gzip", "x-gzip" -> new GZIPInputStream(body);
            case "deflate" -> inflated(body);
            default -> throw new UnknownEncoding();
        };
    }

    /** With zlib's head, as the RFC says, or without, as some servers do. */
    private static InputStream inflated(InputStream body) throws IOException {
        var peek = new PushbackInputStream(body);
        var first = peek.read();
        if (first >= 0) {
            peek.unread(first);
        }
        return new InflaterInputStream(peek, new Inflater((first & 0x0f) != 8));
    }
}
