package dev.postrider.outbound.lookup;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Asks the system for a name's addresses. */
public interface NameLookup {
    /** How many names are looked up at once. */
    int AT_ONCE = 64;

    /**
     * All addresses of a name, in the system's order.
     *
     * @param workspace on whose word
     * @throws UnknownHostException when there are none, or no answer in time
     */
    List<InetAddress> addressesOf(UUID workspace, String host)
            throws UnknownHostException, InterruptedException;

    /** The system's resolver, asked by a few threads. */
    static NameLookup bySystem(Duration patience) {
        var threads = new LookupThreads(AT_ONCE);
        return (workspace, host) ->
                threads.ask(
                                workspace,
                                host,
                                () -> List.of(InetAddress.getAllByName(host)),
                                patience)
                        .orElseThrow(() -> new UnknownHostException(host));
    }
}
