package dev.postrider.mime.encoding;

import java.io.IOException;
import java.io.InputStream;

/** Decodes a stream while it is read, a few kilobytes at a time. */
final class DecodedStream extends InputStream {
    private final InputStream encoded;
    private final TransferDecoder decoder;
    private final byte[] slice = new byte[8 * 1024];
    private final byte[] decoded = new byte[slice.length + TransferDecoder.MARGIN];
    private int from;
    private int to;
    private boolean ended;

    DecodedStream(InputStream encoded, TransferDecoder decoder) {
        this.encoded = encoded;
        this.decoder = decoder;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (from == to && length > 0) {
            if (ended) {
                return -1;
            }
            decodeSlice();
        }
        int count = Math.min(length, to - from);
        System.arraycopy(decoded, from, into, offset, count);
        from += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        encoded.close();
    }

    private void decodeSlice() throws IOException {
        int count = encoded.read(slice);
        ended = count < 0;
        from = 0;
        to = ended ? decoder.end(decoded) : decoder.decode(slice, 0, count, decoded);
    }
}
