package dev.postrider.mime.encoding;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Octets of a known number that can be read again and again: an attachment's content, or a whole
 * composed message.
 */
public interface Source {
    /** The exact number of octets that {@link #open} gives. */
    long size();

    /** A new stream from the first octet on; the caller closes it. */
    InputStream open() throws IOException;

    /** The given octets, which must not change afterwards. */
    static Source of(byte[] octets) {
        return of(octets.length, () -> new ByteArrayInputStream(octets));
    }

    /** What {@code opener} opens, a stream of exactly {@code size} octets each time. */
    static Source of(long size, Opener opener) {
        return new Source() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream open() throws IOException {
                return opener.open();
            }
        };
    }

    @FunctionalInterface
    interface Opener {
        InputStream open() throws IOException;
    }
}
