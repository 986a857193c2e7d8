package dev.postrider.testkit.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Accepts connections on a port of 127.0.0.1, each on a virtual thread of its own, until it is
 * closed.
 */
public final class LoopbackListener implements AutoCloseable {

    /** What is done with a connection, which is closed afterwards. */
    @FunctionalInterface
    public interface Service {
        void serve(Socket socket) throws IOException;
    }

    private final ServerSocket listener;
    private final Service service;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private LoopbackListener(ServerSocket listener, Service service) {
        this.listener = listener;
        this.service = service;
    }

    /** On any port. */
    public static LoopbackListener start(Service service) {
        return start(0, service);
    }

    public static LoopbackListener start(int port, Service service) {
        try {
            var socket = new ServerSocket();
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 1024);
            var listener = new LoopbackListener(socket, service);
            Thread.ofVirtual().name("testkit-" + socket.getLocalPort()).start(listener::accept);
            return listener;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Ends all open connections, and goes on listening. */
    public void cutAll() {
        open.forEach(LoopbackListener::closeQuietly);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            close();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            service.serve(socket);
        } catch (IOException e) {
            // The client or a test hung up.
            closeQuietly(socket);
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            cutAll();
        }
    }

    public static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Closed enough.
            return;
        }
    }
}
