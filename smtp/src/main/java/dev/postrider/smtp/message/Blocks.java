package dev.postrider.smtp.message;

import java.io.IOException;
import java.io.InputStream;

/** Content in blocks with clean line ends, of which one is in memory at a time. */
public final class Blocks implements AutoCloseable {
    public static final int SIZE = 64 * 1024;

    private final InputStream in;
    private final byte[] raw = new byte[16 * 1024];
    private final byte[] block = new byte[SIZE];
    private int rawPosition;
    private int rawLimit;
    private int length;
    private byte before;
    private boolean ended;

    public Blocks(Content.Source content) throws ContentUnreadable {
        try {
            in = content.open();
        } catch (IOException e) {
            throw new ContentUnreadable(e);
        }
    }

    public byte[] octets() {
        return block;
    }

    public int length() {
        return length;
    }

    public boolean isLast() {
        return ended;
    }

    /** Moves to the next block. The last one may be empty. */
    public void next() throws ContentUnreadable {
        length = 0;
        // Room for the CRLF that one octet may become and the one that the end may need.
        while (!ended && length < SIZE - 4) {
            if (rawPosition == rawLimit) {
                read();
            } else {
                mend(raw[rawPosition++]);
            }
        }
        if (!ended && rawPosition == rawLimit) {
            read();
        }
    }

    private void mend(byte octet) {
        if (octet == '\n' && before == '\r') {
            before = octet;
            return;
        }
        if (octet == '\r' || octet == '\n') {
            endLine();
        } else {
            block[length++] = octet;
        }
        before = octet;
    }

    private void endLine() {
        block[length++] = '\r';
        block[length++] = '\n';
    }

    private void read() throws ContentUnreadable {
        try {
            int count = in.read(raw);
            ended = count < 0;
            rawPosition = 0;
            rawLimit = Math.max(count, 0);
        } catch (IOException e) {
            throw new ContentUnreadable(e);
        }
        if (ended && before != '\r' && before != '\n') {
            endLine();
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            ended = true;
        }
    }
}
