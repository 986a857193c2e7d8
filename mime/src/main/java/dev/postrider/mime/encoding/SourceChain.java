package dev.postrider.mime.encoding;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/** Reads sources one after another, opening each only when the one before it is at its end. */
public final class SourceChain extends InputStream {
    private final Iterator<Source> rest;
    private InputStream current = InputStream.nullInputStream();

    public SourceChain(List<Source> sources) {
        this.rest = sources.iterator();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = current.read(into, offset, length);
        while (count < 0 && rest.hasNext()) {
            current.close();
            current = rest.next().open();
            count = current.read(into, offset, length);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        current.close();
    }
}
