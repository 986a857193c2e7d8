package dev.postrider.testkit.postfix;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Where the server listens, on 127.0.0.1. */
record Ports(int submission, int implicitTls, int plain) {

    /**
     * Below the range from which Linux and {@code new ServerSocket(0)} take theirs (32768 and up),
     * so that nobody is given one of these ports between this answer and the server's bind, nor
     * while the server is down.
     */
    static Ports free() throws IOException {
        try (var submission = bindSomewhere();
                var implicitTls = bindSomewhere();
                var plain = bindSomewhere()) {
            return new Ports(
                    submission.getLocalPort(), implicitTls.getLocalPort(), plain.getLocalPort());
        }
    }

    private static ServerSocket bindSomewhere() throws IOException {
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
