package dev.postrider.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the system for a name's addresses. */
public interface NameLookup {

    /**
     * All addresses of a name, in the system's order.
     *
     * @throws UnknownHostException when there are none, or no answer in time
     */
    List<InetAddress> addressesOf(String host) throws UnknownHostException, InterruptedException;

    /**
     * The system's resolver. It blocks in native code, where a virtual thread would keep its
     * carrier, so each look-up has a platform thread; one that overstays is left to end by itself.
     */
    static NameLookup bySystem(Duration patience) {
        return host -> {
            var lookup = new FutureTask<>(() -> List.of(InetAddress.getAllByName(host)));
            Thread.ofPlatform().daemon().name("look-up").start(lookup);
            try {
                return lookup.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException _) {
                throw new UnknownHostException(host);
            }
        };
    }
}
