package dev.postrider.outbound;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.util.Timeout;

/** A connection to a server that is kept between requests. For one thread at a time. */
final class KeptConnection {
    /** Servers keep theirs longer, so few end in the moment of a request. */
    static final Duration MOST_IDLE = Duration.ofSeconds(15);

    /** A name that leads elsewhere now is followed after this. */
    private static final Duration MOST_AGE = Duration.ofMinutes(5);

    private static final Timeout LOOK = Timeout.ofMilliseconds(1);

    final PinnedSocket socket;
    final HttpClientConnection connection;

    private final long opened = System.nanoTime();
    private long used = opened;
    private boolean isFresh = true;

    KeptConnection(PinnedSocket socket) throws IOException {
        this.socket = socket;
        this.connection = OutboundClient.connection(socket);
    }

    /** Whether no request was made over it. */
    boolean isFresh() {
        return isFresh;
    }

    /** A request is made over it. */
    void use() {
        isFresh = false;
    }

    /** Nobody waits for the server. */
    void rest() {
        used = System.nanoTime();
        socket.rest();
    }

    /** What has come without being asked for is no answer to what will be asked. */
    boolean isUsable() {
        var now = System.nanoTime();
        try {
            return (isFresh && now - opened < MOST_IDLE.toNanos())
                    || (now - used < MOST_IDLE.toNanos()
                            && now - opened < MOST_AGE.toNanos()
                            && !connection.isStale()
                            && !connection.isDataAvailable(LOOK));
        } catch (IOException _) {
            return false;
        }
    }

    /** Its protocol and cipher; empty without TLS. */
    Optional<String> tls() {
        return socket.socket() instanceof SSLSocket tls
                ? Optional.of(
                        tls.getSession().getProtocol() + " " + tls.getSession().getCipherSuite())
                : Optional.empty();
    }

    /** The server's address. */
    String address() {
        return socket.socket().getInetAddress().getHostAddress();
    }

    void close() {
        socket.close();
    }
}
