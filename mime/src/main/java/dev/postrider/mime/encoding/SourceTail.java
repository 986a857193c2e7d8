package dev.postrider.mime.encoding;

import java.io.IOException;
import java.io.InputStream;

/**
 * The end of a source.
 *
 * @param start the index of its first octet
 */
public record SourceTail(Source whole, long start) implements Source {
    @Override
    public long size() {
        return whole.size() - start;
    }

    @Override
    public InputStream open() throws IOException {
        InputStream in = whole.open();
        in.skipNBytes(start);
        return in;
    }
}
