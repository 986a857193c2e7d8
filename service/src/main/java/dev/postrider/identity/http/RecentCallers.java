package dev.postrider.identity.http;

import dev.postrider.identity.Caller;
import dev.postrider.identity.OpaqueToken;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Who came lately, by their tokens' hashes: for those who are let in on {@link
 * dev.postrider.identity.Credit}. Safe for concurrent use.
 */
@Singleton
final class RecentCallers {
    /** Long enough for who sends now and then; a key's last use is written once a minute. */
    static final Duration LATELY = Duration.ofSeconds(30);

    private static final int MOST = 10_000;

    private final ConcurrentHashMap<ByteBuffer, Seen> seen = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    private record Seen(Caller caller, long at) {}

    RecentCallers() {
        this(System::nanoTime);
    }

    /**
     * @param nanos a clock, from any origin
     */
    RecentCallers(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Who a token spoke for when it was last asked about. */
    Optional<Caller> find(OpaqueToken token) {
        var known = seen.get(key(token));
        return known != null && nanos.getAsLong() - known.at() < LATELY.toNanos()
                ? Optional.of(known.caller())
                : Optional.empty();
    }

    /**
     * A token was good.
     *
     * @param at when that was asked, by the clock
     */
    void remember(OpaqueToken token, Caller caller, long at) {
        if (seen.size() >= MOST) {
            seen.clear();
        }
        seen.put(key(token), new Seen(caller, at));
    }

    void forget(OpaqueToken token) {
        seen.remove(key(token));
    }

    long now() {
        return nanos.getAsLong();
    }

    private static ByteBuffer key(OpaqueToken token) {
        return ByteBuffer.wrap(token.hash());
    }
}
