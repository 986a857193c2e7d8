package dev.postrider.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.outbound.guard.OutboundGuard;
import dev.postrider.rig.Loopback;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that hangs up where a test wants it to, octet by octet, and sessions with it. */
final class SessionServer implements AutoCloseable {
    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    /** How many it has had. */
    final AtomicInteger connections = new AtomicInteger();

    /** The bodies of those that came whole. */
    final LinkedBlockingQueue<String> requests = new LinkedBlockingQueue<>();

    private final ServerSocket listener;
    private final OutboundClient client = new OutboundClient(new OutboundGuard(Loopback.blocks()));

    SessionServer() throws IOException {
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    /** What the server does with a connection; the count is from 1. */
    @FunctionalInterface
    interface Serving {
        void serve(Socket socket, int connection) throws IOException;
    }

    /** All sessions are of one client. */
    OutboundSession session() {
        return client.session(
                OutboundCall.OPERATOR,
                URI.create("http://" + authority()),
                OutboundCall.Reach.TLS_ONLY);
    }

    String authority() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    /** Answers each request by this. */
    void answering(String answer) {
        serve((socket, _) -> {
            while (request(socket)) {
                answer(socket, answer);
            }
        });
    }

    /** Accepts connections until this is closed. */
    void serve(Serving serving) {
        Thread.ofVirtual()
                .start(() -> {
                    while (!listener.isClosed()) {
                        try {
                            var socket = listener.accept();
                            var count = connections.incrementAndGet();
                            Thread.ofVirtual()
                                    .start(() -> {
                                        try (socket) {
                                            serving.serve(socket, count);
                                        } catch (IOException _) {
                                            Thread.currentThread().interrupt(); // hung up
                                        }
                                    });
                        } catch (IOException _) {
                            return;
                        }
                    }
                });
    }

    /** Reads one whole request; false when there is none. */
    boolean request(Socket socket) throws IOException {
        var in = socket.getInputStream();
        var head = new ByteArrayOutputStream();
        while (!head.toString(UTF_8).endsWith("\r\n\r\n")) {
            var octet = in.read();
            if (octet < 0) {
                return false;
            }
            head.write(octet);
        }
        var text = head.toString(UTF_8);
        assertThat(text).startsWith("POST /send?x=1 HTTP/1.1\r\n");
        var length =
                Integer.parseInt(
                        text.substring(text.indexOf("Content-Length: ") + 16).split("\r\n", 2)[0]);
        var body = in.readNBytes(length);
        if (body.length < length) {
            return false;
        }
        requests.add(new String(body, UTF_8));
        return true;
    }

    static void answer(Socket socket, String answer) throws IOException {
        socket.getOutputStream().write(answer.getBytes(UTF_8));
        socket.getOutputStream().flush();
    }

    /** As a server that dies: RST, not FIN. */
    static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
