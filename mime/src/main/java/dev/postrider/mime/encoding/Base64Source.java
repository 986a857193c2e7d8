package dev.postrider.mime.encoding;

import java.io.IOException;
import java.io.InputStream;

/**
 * A source in base64 lines of 76 characters (RFC 2045 section 6.8), each ending with CRLF.
 *
 * @param content what is encoded
 */
public record Base64Source(Source content) implements Source {
    /** Octets that fill one line. */
    static final int LINE_OCTETS = 57;

    @Override
    public long size() {
        long characters = (content.size() + 2) / 3 * 4;
        long lines = (content.size() + LINE_OCTETS - 1) / LINE_OCTETS;
        return characters + 2 * lines;
    }

    @Override
    public InputStream open() throws IOException {
        return new Base64Stream(content.open(), content.size());
    }
}
