package dev.postrider.transport.graph.draft;

import dev.postrider.mime.read.MessagePart;
import dev.postrider.outbound.RequestBody;
import dev.postrider.transport.api.message.ApiMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file's octets, decoded as they are asked for: ranges one behind the other go through one
 * stream, one that is asked for again opens another. For one thread.
 */
final class FileOctets implements AutoCloseable {
    private static final int PIECE = 16 * 1024;

    private final ApiMessage message;
    private final MessagePart file;
    private @Nullable InputStream open;
    private long position;

    FileOctets(ApiMessage message, MessagePart file) {
        this.message = message;
        this.file = file;
    }

    long size() {
        return file.size();
    }

    /** As a request's body. */
    RequestBody range(long from, long length) {
        return new RequestBody() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                write(from, length, out);
            }
        };
    }

    /** A failure to read is told apart from one to write. */
    void write(long from, long length, OutputStream out) throws IOException {
        var piece = new byte[PIECE];
        var octets = at(from);
        for (var left = length; left > 0; ) {
            var count = read(octets, piece, (int) Math.min(left, PIECE));
            out.write(piece, 0, count);
            left -= count;
        }
    }

    private InputStream at(long from) throws RequestBody.Unreadable {
        try {
            if (open != null && position == from) {
                return open;
            }
            close();
            var octets = message.file(file);
            open = octets;
            octets.skipNBytes(from);
            position = from;
            return octets;
        } catch (IOException e) {
            throw new RequestBody.Unreadable(e);
        }
    }

    private int read(InputStream octets, byte[] piece, int length) throws RequestBody.Unreadable {
        try {
            var count = octets.read(piece, 0, length);
            if (count < 0) {
                throw new RequestBody.Unreadable("a file ended after " + position + " octets");
            }
            position += count;
            return count;
        } catch (RequestBody.Unreadable e) {
            throw e;
        } catch (IOException e) {
            throw new RequestBody.Unreadable(e);
        }
    }

    @Override
    public void close() throws RequestBody.Unreadable {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            throw new RequestBody.Unreadable(e);
        } finally {
            open = null;
        }
    }
}
