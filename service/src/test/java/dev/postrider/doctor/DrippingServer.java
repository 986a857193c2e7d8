package dev.postrider.doctor;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Begins an answer, and then says an octet every three seconds, for ever: no read of it times out.
 */
final class DrippingServer implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final CountDownLatch closed = new CountDownLatch(1);

    DrippingServer() throws IOException {
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                Thread.startVirtualThread(() -> drip(socket));
            }
        } catch (IOException _) {
            // closed
        }
    }

    /** To a web client the beginning of a page, to one of mail a greeting that comes too slowly. */
    private void drip(Socket socket) {
        try (socket) {
            socket.setSoTimeout(200);
            var out = socket.getOutputStream();
            if (asks(socket)) {
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(US_ASCII));
            }
            while (!closed.await(3, TimeUnit.SECONDS)) {
                out.write(' ');
            }
        } catch (IOException | InterruptedException _) {
            // its client has given up
        }
    }

    private static boolean asks(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException _) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
    }
}
