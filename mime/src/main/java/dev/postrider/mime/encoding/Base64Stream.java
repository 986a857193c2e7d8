package dev.postrider.mime.encoding;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * Encodes a stream while it is read, a few kilobytes at a time. It checks the announced size: a
 * source that changed since must not leave as a message that looks whole.
 */
public final class Base64Stream extends InputStream {
    /** Octets that fill one line. */
    private static final int LINE_OCTETS = 57;

    private static final int BLOCK_LINES = 144;
    private static final byte[] LINE_END = {'\r', '\n'};

    private final InputStream content;
    private final byte[] block = new byte[BLOCK_LINES * LINE_OCTETS];
    private final byte[] encoded = new byte[BLOCK_LINES * 78];
    private long missing;
    private int from;
    private int to;

    private Base64Stream(InputStream content, long size) {
        this.content = content;
        this.missing = size;
    }

    /** The content in lines of 76 characters (RFC 2045 section 6.8), each ending with CRLF. */
    public static Source of(Source content) {
        long characters = (content.size() + 2) / 3 * 4;
        long lines = (content.size() + LINE_OCTETS - 1) / LINE_OCTETS;
        return Source.of(
                characters + 2 * lines, () -> new Base64Stream(content.open(), content.size()));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (from == to && !encodeBlock()) {
            return -1;
        }
        int count = Math.min(length, to - from);
        System.arraycopy(encoded, from, into, offset, count);
        from += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    private boolean encodeBlock() throws IOException {
        int count = content.readNBytes(block, 0, block.length);
        missing -= count;
        boolean atEnd = count < block.length || (missing == 0 && content.read() < 0);
        if (missing < 0 || atEnd != (missing == 0)) {
            throw new IOException("A source gave more or fewer octets than it announced.");
        }
        if (count == 0) {
            return false;
        }
        byte[] input = count == block.length ? block : Arrays.copyOf(block, count);
        from = 0;
        to = Base64.getMimeEncoder().encode(input, encoded);
        System.arraycopy(LINE_END, 0, encoded, to, LINE_END.length);
        to += LINE_END.length;
        return true;
    }
}
