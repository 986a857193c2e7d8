package dev.postrider.mailbox.sender;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Look-ups that were made lately. What this node changes is forgotten at once; what another node
 * changes is seen a second later at most. What wasn't found isn't remembered.
 */
public final class LookupCache<K, V> {
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MOST = 20_000;

    private final ConcurrentHashMap<K, Found<V>> found = new ConcurrentHashMap<>();

    /** Counts changes, so that a look-up that began before one is not remembered after it. */
    private final AtomicLong changes = new AtomicLong();

    private final LongSupplier clock;

    private record Found<V>(V value, long at) {}

    /**
     * @param clock in nanoseconds, from any origin
     */
    public LookupCache(LongSupplier clock) {
        this.clock = clock;
    }

    public Optional<V> find(K key, Function<K, Optional<V>> look) {
        var known = found.get(key);
        if (known != null && clock.getAsLong() - known.at() < FRESH_NANOS) {
            return Optional.of(known.value());
        }
        var before = changes.get();
        var at = clock.getAsLong();
        var value = look.apply(key);
        value.ifPresent(each -> remember(key, new Found<>(each, at), before));
        return value;
    }

    private void remember(K key, Found<V> fresh, long before) {
        if (found.size() >= MOST) {
            found.clear();
        }
        found.put(key, fresh);
        if (changes.get() != before) {
            found.remove(key, fresh);
        }
    }

    /** Something has changed. */
    public void forget() {
        changes.incrementAndGet();
        found.clear();
    }
}
