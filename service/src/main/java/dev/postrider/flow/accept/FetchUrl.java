package dev.postrider.flow.accept;

import dev.postrider.outbound.CallResult;
import dev.postrider.outbound.OutboundCall;
import dev.postrider.outbound.OutboundClient;
import dev.postrider.spool.Octets;
import dev.postrider.spool.Spool;
import dev.postrider.spool.Spool.Taken;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;

/** Fetches a file from a URL that a caller gave into the spool. Safe for concurrent use. */
@Singleton
final class FetchUrl {
    private static final int MAX_REDIRECTS = 3;

    /** Octets a second. */
    private static final int LEAST_RATE = 16 * 1024;

    private final OutboundClient client;
    private final Spool spool;

    FetchUrl(OutboundClient client, Spool spool) {
        this.client = client;
        this.spool = spool;
    }

    /** What became of it. */
    sealed interface Fetched {
        /** To be closed when it is needed no more. */
        record File(Octets content) implements Fetched {}

        /** There was no room in time. */
        record Busy() implements Fetched {}

        /**
         * There is no file.
         *
         * @param reason for the caller; without what the server said, which may be nobody's
         *     business
         */
        record Failed(String reason) implements Fetched {}
    }

    /**
     * Fetches a file of so many octets at most.
     *
     * @param workspace whose share of the spool and of look-ups it uses
     * @param timeout for all of it, redirects too
     */
    Fetched get(UUID workspace, URI url, int maxOctets, Duration timeout)
            throws InterruptedException {
        var bounds = new OutboundCall.Bounds(timeout, maxOctets, LEAST_RATE, MAX_REDIRECTS);
        var call = OutboundCall.get(workspace, url, OutboundCall.Reach.WEB, bounds);
        var result =
                client.call(call, (in, length) -> spool.take(workspace, in, length, maxOctets));
        return switch (result) {
            case CallResult.Failed<Taken> failed -> new Fetched.Failed(failed.reason());
            case CallResult.Answered<Taken> answered -> fetched(answered, maxOctets);
        };
    }

    private static Fetched fetched(CallResult.Answered<Taken> answered, int maxOctets) {
        return switch (answered.body()) {
            case Taken.Busy _ -> new Fetched.Busy();
            case Taken.TooLarge _ ->
                    new Fetched.Failed("is larger than the " + maxOctets + " octets left");
            case Taken.Complete(var octets) when answered.status() == 200 ->
                    new Fetched.File(octets);
            case Taken.Complete(var octets) -> {
                octets.close();
                yield new Fetched.Failed("answers " + answered.status() + " instead of 200");
            }
        };
    }
}
