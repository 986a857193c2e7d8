package dev.postrider.door.api.body;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;

/** What sound base64 says, decoded while it is read. */
final class Base64Decoded extends InputStream {
    private static final int QUADRUPLES = 2 * 1_024;

    private final InputStream text;
    private final byte[] characters = new byte[4 * QUADRUPLES];
    private final byte[] octets = new byte[3 * QUADRUPLES];
    private int ready;
    private int given;

    Base64Decoded(InputStream text) {
        this.text = text;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (given == ready && !decode()) {
            return -1;
        }
        var count = Math.min(length, ready - given);
        System.arraycopy(octets, given, into, offset, count);
        given += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }

    /** Whole quadruples at a time; only the last one is padded. */
    private boolean decode() throws IOException {
        var filled = 0;
        for (var count = 0; filled < characters.length && count >= 0; ) {
            count = text.read(characters, filled, characters.length - filled);
            filled = withoutLineBreaks(filled, filled + Math.max(0, count));
        }
        var whole = filled == characters.length ? characters : Arrays.copyOf(characters, filled);
        ready = Base64.getDecoder().decode(whole, octets);
        given = 0;
        return ready > 0;
    }

    private int withoutLineBreaks(int from, int to) {
        var kept = from;
        for (var i = from; i < to; i++) {
            if (characters[i] != '\r' && characters[i] != '\n') {
                characters[kept++] = characters[i];
            }
        }
        return kept;
    }
}
