package dev.postrider.smtp.message;

import java.io.IOException;
import java.io.InputStream;

/**
 * An RFC 5322 message, headers and body. Whatever line ends it has, it leaves with CRLF alone: a
 * bare CR or a bare LF becomes CRLF, and a last line without an end gets one. So no content can end
 * its own message early (SMTP smuggling, RFC 5321 section 2.3.8).
 */
public sealed interface Content permits Content.Bytes, Content.Stream {

    /**
     * The size in octets that is declared to the server (RFC 1870: before dot-stuffing; an estimate
     * for a stream).
     */
    long size();

    /** Whether there are octets beyond ASCII, so that 8BITMIME (RFC 6152) is needed. */
    boolean eightBit();

    /**
     * Content in memory. The array is kept, not copied, unless line ends must be mended; don't
     * change it.
     */
    static Content of(byte[] content) {
        return Bytes.of(content);
    }

    /** Opens the content, once for each attempt to send it. */
    @FunctionalInterface
    interface Source {
        InputStream open() throws IOException;
    }

    /**
     * Content that is read while it is sent, in constant memory.
     *
     * @param size in octets, as exact as known
     * @param eightBit whether there are octets beyond ASCII
     */
    record Stream(long size, boolean eightBit, Source source) implements Content {
        public Stream {
            if (size < 0) {
                throw new IllegalArgumentException("a size can't be negative");
            }
        }
    }

    /** Content in memory, with clean line ends. */
    final class Bytes implements Content {
        private final byte[] octets;
        private final boolean eightBit;
        private final boolean dots;

        private Bytes(byte[] octets, boolean eightBit, boolean dots) {
            this.octets = octets;
            this.eightBit = eightBit;
            this.dots = dots;
        }

        private static Bytes of(byte[] content) {
            byte[] clean = LineEnds.areClean(content) ? content : LineEnds.mend(content);
            boolean eightBit = false;
            boolean dots = false;
            byte before = '\n';
            for (byte octet : clean) {
                eightBit |= octet < 0;
                dots |= octet == '.' && before == '\n';
                before = octet;
            }
            return new Bytes(clean, eightBit, dots);
        }

        @Override
        public long size() {
            return octets.length;
        }

        @Override
        public boolean eightBit() {
            return eightBit;
        }

        public byte[] octets() {
            return octets;
        }

        /**
         * Whether a line begins with a dot, so that DATA must stuff it (RFC 5321 section 4.5.2).
         */
        public boolean dots() {
            return dots;
        }
    }
}
