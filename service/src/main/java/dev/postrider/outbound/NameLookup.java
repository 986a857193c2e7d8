package dev.postrider.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/** Asks the system for a name's addresses. */
public interface NameLookup {
    /** How many names are looked up at once. */
    int AT_ONCE = 32;

    /**
     * All addresses of a name, in the system's order.
     *
     * @throws UnknownHostException when there are none, or no answer in time
     */
    List<InetAddress> addressesOf(String host) throws UnknownHostException, InterruptedException;

    /** The system's resolver, asked by a few threads. */
    static NameLookup bySystem(Duration patience) {
        var threads = new LookupThreads(AT_ONCE);
        return host ->
                threads.ask(host, () -> List.of(InetAddress.getAllByName(host)), patience)
                        .orElseThrow(() -> new UnknownHostException(host));
    }
}
