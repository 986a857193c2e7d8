package dev.postrider.smtp.connect;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/**
 * Turns a host name into the addresses that may be connected to, in the order to try them. The
 * place for an outbound guard: exactly these addresses are used, no name is resolved again.
 */
@FunctionalInterface
public interface Resolver {

    /**
     * All addresses of a host that may be connected to.
     *
     * @throws IOException if there is no address or none that is allowed; its message becomes the
     *     detail of {@link Opening.Unreachable}
     */
    List<InetAddress> resolve(String host) throws IOException;

    /** The JDK's resolver, with every address allowed. */
    static Resolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
