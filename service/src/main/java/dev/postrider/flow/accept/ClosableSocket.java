package dev.postrider.flow.accept;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A connection that another thread may end at any time. */
final class ClosableSocket implements AutoCloseable {
    /** Guarded by this: written by who connects, closed by whoever ends it. */
    private Socket socket = new Socket();

    private boolean closed;

    /** Connects to one address; after a failure another may be tried. */
    Socket connect(InetSocketAddress address) throws IOException {
        var next = renewed();
        next.connect(address);
        return next;
    }

    private synchronized Socket renewed() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        socket.close();
        socket = new Socket();
        return socket;
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
