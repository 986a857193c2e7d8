package dev.postrider.door.api.body;

import dev.postrider.mime.Source;
import dev.postrider.spool.Octets;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a JSON list of numbers says, an octet each, as Go, Python and Node write files; read from
 * where it stands. The list has been found to hold nothing else before.
 *
 * @param start where it begins, with its bracket
 */
record OctetList(Octets json, long start, long size) implements Source {
    private static final int PIECE = 8 * 1_024;

    @Override
    public InputStream open() {
        return new Numbers(json.openAt(start + 1));
    }

    private static final class Numbers extends InputStream {
        private final InputStream in;
        private final byte[] piece = new byte[PIECE];
        private int at;
        private int end;
        private boolean ended;

        private Numbers(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            var value = 0;
            var digits = 0;
            var sign = 1;
            while (!ended) {
                var c = next();
                switch (c) {
                    case ']', ',' -> {
                        ended = c == ']';
                        if (digits > 0) {
                            return sign * value & 0xff;
                        }
                    }
                    case '-' -> sign = -1;
                    default -> {
                        if (c >= '0' && c <= '9') {
                            value = value * 10 + c - '0';
                            digits++;
                        }
                    }
                }
            }
            return -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            var count = 0;
            while (count < length) {
                var octet = read();
                if (octet < 0) {
                    return count == 0 ? -1 : count;
                }
                into[offset + count++] = (byte) octet;
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }

        private byte next() throws IOException {
            if (at == end) {
                at = 0;
                end = in.read(piece);
                if (end <= 0) {
                    throw new IOException("a JSON list has no end");
                }
            }
            return piece[at++];
        }
    }
}
