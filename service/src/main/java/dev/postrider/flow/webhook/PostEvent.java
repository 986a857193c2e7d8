package dev.postrider.flow.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.postrider.outbound.OutboundGuard;
import dev.postrider.outbound.Resolution;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes one POST (HTTP/1.1, RFC 9112) to an address that the guard has let pass.
 *
 * <p>The JDK's HTTP client looks the name up again by itself, and its owner may have pointed it at
 * the operator's own network in between. Here the connection goes to the checked address, while the
 * TLS handshake still names and verifies the host. Of the answer only the head is read: nothing
 * else matters, and redirects are not followed. Safe for concurrent use.
 */
final class PostEvent {
    private static final int MAX_ADDRESSES = 3;

    private final OutboundGuard guard;
    private final SSLSocketFactory tls;
    private final InstantSource clock;
    private final Duration timeout;

    /**
     * @param timeout for all of it, from the connection to the end of the answer's head
     */
    PostEvent(OutboundGuard guard, SSLSocketFactory tls, InstantSource clock, Duration timeout) {
        this.guard = guard;
        this.tls = tls;
        this.clock = clock;
        this.timeout = timeout;
    }

    Answer post(Endpoint endpoint, Map<String, String> headers, byte[] body)
            throws InterruptedException {
        return switch (endpoint.resolve(guard)) {
            case Resolution.Reachable(var addresses) -> {
                var request = request(endpoint, headers, body);
                yield inTime(endpoint, addresses, request);
            }
            case Resolution.Refused(var reason) -> new Answer.None(reason);
            case Resolution.Unresolved(var reason) -> new Answer.None(reason);
        };
    }

    /** Closing the socket ends whatever waits on it: no timeout of a single read could do that. */
    private Answer inTime(Endpoint endpoint, List<InetAddress> addresses, byte[] request) {
        var open = new OpenSocket();
        var deadline = new CompletableFuture<Void>();
        var _ =
                deadline.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .whenComplete((_, _) -> open.close());
        try {
            return exchange(endpoint, open.connect(addresses, endpoint.port()), request);
        } catch (IOException e) {
            return new Answer.None(
                    deadline.isCompletedExceptionally()
                            ? "No answer within " + timeout.toSeconds() + " seconds."
                            : words(e));
        } finally {
            deadline.complete(null);
        }
    }

    private Answer exchange(Endpoint endpoint, Socket plain, byte[] request) throws IOException {
        var socket = endpoint.isTls() ? secured(plain, endpoint) : plain;
        var out = socket.getOutputStream();
        out.write(request);
        out.flush();
        var head = new ReadAnswer(new BufferedInputStream(socket.getInputStream()), clock);
        return head.read();
    }

    /** The name, not the address, is what the certificate must be of (RFC 9110, 4.3.4). */
    private Socket secured(Socket plain, Endpoint endpoint) throws IOException {
        var socket = (SSLSocket) tls.createSocket(plain, endpoint.host(), endpoint.port(), true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static byte[] request(Endpoint endpoint, Map<String, String> headers, byte[] body) {
        var head = new StringBuilder();
        line(head, "POST " + endpoint.target() + " HTTP/1.1");
        line(head, "Host: " + endpoint.authority());
        line(head, "User-Agent: Postrider");
        line(head, "Content-Type: application/json");
        line(head, "Content-Length: " + body.length);
        line(head, "Connection: close");
        headers.forEach((name, value) -> line(head, name + ": " + value));
        line(head, "");
        var start = head.toString().getBytes(US_ASCII);
        var request = new byte[start.length + body.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(body, 0, request, start.length, body.length);
        return request;
    }

    private static void line(StringBuilder head, String line) {
        head.append(line).append("\r\n");
    }

    private static String words(IOException e) {
        return e instanceof SSLException
                ? "TLS failed: " + e.getMessage()
                : "The call failed: " + e.getMessage();
    }

    /** The socket of a call, which another thread may close at any time. */
    private static final class OpenSocket {
        private Socket socket = new Socket();
        private boolean closed;

        Socket connect(List<InetAddress> addresses, int port) throws IOException {
            var failure = new IOException("no address");
            for (var address : addresses.subList(0, Math.min(addresses.size(), MAX_ADDRESSES))) {
                var next = renewed();
                try {
                    next.connect(new InetSocketAddress(address, port));
                    return next;
                } catch (IOException e) {
                    failure = e;
                }
            }
            throw failure;
        }

        private synchronized Socket renewed() throws IOException {
            if (closed) {
                throw new IOException("closed");
            }
            socket.close();
            socket = new Socket();
            return socket;
        }

        synchronized void close() {
            closed = true;
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
