package dev.postrider.testkit.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of 127.0.0.1 that nobody listens on: below the range from which Linux and {@code new
 * ServerSocket(0)} take theirs (32768 and up), so that nobody is given one of them between this
 * answer and a server's bind, nor while the server is down.
 */
public final class FreePort {
    private FreePort() {}

    public static int find() throws IOException {
        try (var bound = bind()) {
            return bound.getLocalPort();
        }
    }

    /** Bound already, for whoever wants several that differ. */
    public static ServerSocket bind() throws IOException {
        for (int left = 1000; ; left--) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try {
                return new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"));
            } catch (IOException taken) {
                if (left == 0) {
                    throw taken;
                }
            }
        }
    }
}
