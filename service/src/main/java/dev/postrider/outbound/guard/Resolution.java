package dev.postrider.outbound.guard;

import java.net.InetAddress;
import java.util.List;

/** Where a host's name leads. */
public sealed interface Resolution {

    /**
     * These may be connected to, in this order. Connect to one of them, never to the name: another
     * look-up may lead elsewhere.
     */
    record Reachable(List<InetAddress> addresses) implements Resolution {
        public Reachable {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * The name leads only to addresses that may not be connected to.
     *
     * @param reason a sentence about the host for its user; without the addresses, which may be the
     *     operator's secret
     */
    record Refused(String reason) implements Resolution {}

    /**
     * The name leads nowhere now; it may later.
     *
     * @param reason a sentence about the host for its user
     */
    record Unresolved(String reason) implements Resolution {}
}
