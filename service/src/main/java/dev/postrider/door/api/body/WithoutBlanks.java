package dev.postrider.door.api.body;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A JSON string without the blanks in it, written out or escaped: base64 is often broken into
 * lines, at places where a decoder that wants whole groups would stumble. For one thread.
 */
final class WithoutBlanks extends FilterInputStream {
    private int next = -1;

    WithoutBlanks(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        if (next >= 0) {
            var held = next;
            next = -1;
            return held;
        }
        for (var c = in.read(); ; c = in.read()) {
            if (c != '\\') {
                if (c == ' ') {
                    continue;
                }
                return c;
            }
            next = in.read();
            if (next != 'n' && next != 'r' && next != 't') {
                return c;
            }
            next = -1;
        }
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
}
