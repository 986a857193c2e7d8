package dev.postrider.testkit.provider.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A server's side of a connection. */
final class ServerConnection implements AutoCloseable {
    private final Socket plain;
    private final Socket socket;
    private final RequestReader reader;
    private final OutputStream out;

    ServerConnection(Socket plain, @Nullable SSLContext tls) throws IOException {
        this.plain = plain;
        this.socket = tls == null ? plain : secure(plain, tls);
        this.reader = new RequestReader(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    private static Socket secure(Socket plain, SSLContext tls) throws IOException {
        var secured =
                (SSLSocket)
                        tls.getSocketFactory()
                                .createSocket(
                                        plain,
                                        plain.getInetAddress().getHostAddress(),
                                        plain.getPort(),
                                        true);
        secured.setUseClientMode(false);
        secured.startHandshake();
        return secured;
    }

    @Nullable Request readHead() throws IOException {
        return reader.readHead();
    }

    Request readBody(Request head) throws IOException {
        if (head.header("expect").filter("100-continue"::equalsIgnoreCase).isPresent()) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        return reader.readBody(head);
    }

    /** Whether the connection goes on. */
    boolean write(Request request, Response response) throws IOException {
        var octets = new ByteArrayOutputStream();
        octets.write(response.head());
        octets.write(response.body());
        octets.writeTo(out);
        return !request.header("connection").filter("close"::equalsIgnoreCase).isPresent();
    }

    /** The head promises the whole. */
    boolean writeHalf(Response response) throws IOException {
        out.write(response.head());
        out.write(Arrays.copyOf(response.body(), response.body().length / 2));
        out.flush();
        // An orderly end: a reset could overtake the octets.
        return false;
    }

    /** RFC 9293 section 3.5.2: no linger, so the peer is told by RST. */
    boolean reset() throws IOException {
        plain.setSoLinger(true, 0);
        plain.close();
        return false;
    }

    @Override
    public void close() throws IOException {
        if (!plain.isClosed()) {
            socket.close();
        }
    }
}
