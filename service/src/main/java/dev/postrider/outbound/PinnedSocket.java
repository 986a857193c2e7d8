package dev.postrider.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A connection to one of the addresses that were checked, never to a name. The deadline closes it
 * from another thread: no time-out of a single read could end one whose octets drip.
 */
final class PinnedSocket implements AutoCloseable {
    private static final int MAX_ADDRESSES = 3;

    /** How long a server may say nothing. */
    private static final int MAX_SILENCE_MILLIS = 15_000;

    private Deadline deadline;
    private CompletableFuture<Void> alarm;

    /** Guarded by this, as is {@link #closed}: written by the caller, closed by the alarm too. */
    private Socket plain = new Socket();

    private boolean closed;

    /** With TLS or without; for the caller's thread alone. */
    private Socket socket = plain;

    PinnedSocket(Deadline deadline) {
        this.deadline = deadline;
        this.alarm = deadline.whenOver(this::cut);
    }

    Socket socket() {
        return socket;
    }

    /** Whether anything has come that nobody has read, encrypted or not. */
    boolean hasOctets() throws IOException {
        return plain.getInputStream().available() > 0;
    }

    /** Begins another stretch of its life: it may wait for the server until then. */
    void until(Deadline next) throws IOException {
        alarm.complete(null);
        deadline = next;
        alarm = next.whenOver(this::cut);
        socket.setSoTimeout(next.leftMillis());
    }

    /** Nobody waits for it: no time cuts it. */
    void rest() {
        alarm.complete(null);
    }

    /** Each address gets a share of the time that is left: one in a black hole can't eat it all. */
    void connect(List<InetAddress> addresses, int port) throws IOException {
        var tried = addresses.subList(0, Math.min(addresses.size(), MAX_ADDRESSES));
        var failure = new IOException("no address");
        for (var i = 0; i < tried.size(); i++) {
            var next = renewed();
            try {
                var share = Math.max(1, deadline.leftMillis() / (tried.size() - i));
                next.connect(new InetSocketAddress(tried.get(i), port), share);
                next.setSoTimeout(MAX_SILENCE_MILLIS);
                next.setTcpNoDelay(true);
                socket = next;
                return;
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    /** The name, not the address, is what the certificate must be of (RFC 9110, 4.3.4). */
    void secure(SSLSocketFactory tls, String host, int port) throws IOException {
        var secured = (SSLSocket) tls.createSocket(socket, host, port, true);
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        socket = secured;
    }

    private synchronized Socket renewed() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        plain.close();
        plain = new Socket();
        return plain;
    }

    /** The plain socket: to close one with TLS could wait for its other side. */
    private synchronized void cut() {
        closed = true;
        try {
            plain.close();
        } catch (IOException _) {
            // whoever waits on it ends all the same
        }
    }

    @Override
    public void close() {
        alarm.complete(null);
        cut();
    }
}
