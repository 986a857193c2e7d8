package dev.postrider.rig;

import dev.postrider.testkit.authority.PrivateAuthority;
import dev.postrider.testkit.wire.LoopbackListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A proxy that speaks TLS, before the program under test: browsers keep cookies apart by it. What
 * it is before is known only after it has started, so it looks for that with each connection.
 */
public final class TlsFront implements AutoCloseable {
    /** A system property: test and environment have class loaders of their own. */
    private static final String TARGET = TlsFront.class.getName();

    private final SSLContext context =
            PrivateAuthority.create().serverContext("localhost", "127.0.0.1");
    private final LoopbackListener listener = LoopbackListener.start(this::serve);

    /** Where browsers reach the program. */
    public String url() {
        return "https://localhost:" + listener.port();
    }

    /** Tells each front of this JVM which port the program has. */
    public static void leadTo(int port) {
        System.setProperty(TARGET, String.valueOf(port));
    }

    private void serve(Socket near) throws IOException {
        try (var browser = (SSLSocket) context.getSocketFactory().createSocket(near, null, true);
                var program =
                        new Socket(
                                InetAddress.ofLiteral("127.0.0.1"),
                                Integer.parseInt(System.getProperty(TARGET, "0")))) {
            browser.setUseClientMode(false);
            var back = Thread.ofVirtual().start(() -> carry(program, browser));
            carry(browser, program);
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void carry(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException _) {
            LoopbackListener.closeQuietly(to);
        }
    }

    @Override
    public void close() {
        listener.close();
    }
}
