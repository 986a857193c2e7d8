package dev.postrider.smtp.wire;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;

/**
 * Acknowledges at once what a server has sent while more of it is awaited. A server whose replies
 * leave in small writes holds back the second until the first is acknowledged (Nagle, RFC 896), and
 * a client that has nothing to say delays that for 40 ms or more (RFC 1122 section 4.2.3.2). Linux
 * forgets the wish soon (tcp(7), TCP_QUICKACK), so it is made anew for each wait. For one thread.
 */
final class Acknowledge {
    private final Outbound outbound;
    private final Wish wish;

    /** How much had been said at the last wait; what is said acknowledges by itself. */
    private long said = -1;

    /** Asks the system to acknowledge at once. */
    @FunctionalInterface
    interface Wish {
        void make() throws IOException;
    }

    Acknowledge(Outbound outbound, Wish wish) {
        this.outbound = outbound;
        this.wish = wish;
    }

    /** Where the system has no such wish there is nothing to do. */
    static Wish of(SocketChannel channel) {
        return channel.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)
                ? () -> channel.setOption(ExtendedSocketOptions.TCP_QUICKACK, true)
                : () -> {};
    }

    /** Called before each wait for the server. */
    void atOnce() throws IOException {
        if (said == outbound.handedOver()) {
            wish.make();
        }
        said = outbound.handedOver();
    }
}
