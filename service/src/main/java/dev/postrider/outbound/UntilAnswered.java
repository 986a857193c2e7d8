package dev.postrider.outbound;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.util.Timeout;

/**
 * Writes a body for as long as the server has no answer: one that refuses a request by its head or
 * its size may answer before the body has ended, read no more of it and reset the connection (RFC
 * 9110 section 15.5.14). For one thread.
 */
final class UntilAnswered extends OutputStream {
    /** Octets between two looks. */
    private static final int STEP = 64 * 1024;

    private static final Timeout AT_ONCE = Timeout.ofMilliseconds(1);

    /** An answer may have come before the reset that a write has met. */
    private static final Timeout SHORTLY = Timeout.ofMilliseconds(200);

    private final OutputStream to;
    private final PinnedSocket socket;
    private final HttpClientConnection connection;
    private long sinceLook;

    UntilAnswered(OutputStream to, PinnedSocket socket, HttpClientConnection connection) {
        this.to = to;
        this.socket = socket;
        this.connection = connection;
    }

    /** The server has answered what it doesn't have whole. */
    static final class EarlyAnswer extends IOException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        sinceLook += length;
        if (sinceLook >= STEP) {
            sinceLook = 0;
            // of TLS there may be octets that are no answer
            if (socket.hasOctets() && connection.isDataAvailable(AT_ONCE)) {
                throw new EarlyAnswer();
            }
        }
        to.write(from, offset, length);
    }

    /** Whether an answer is there, or comes with the end of a connection. */
    static boolean hasAnswer(IOException failure, HttpClientConnection connection) {
        try {
            return failure instanceof EarlyAnswer || connection.isDataAvailable(SHORTLY);
        } catch (IOException _) {
            return false;
        }
    }
}
