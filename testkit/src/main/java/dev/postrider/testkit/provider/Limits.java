package dev.postrider.testkit.provider;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Numbers of a provider that a test may want smaller, or out of its way. Safe for concurrent use.
 */
public final class Limits<L extends Enum<L> & Limits.Limit> {

    /** A constant of the provider's enum. */
    public interface Limit {
        /** As the provider documents it. */
        long byDefault();
    }

    private final List<L> all;
    private final Map<L, Long> changed = new ConcurrentHashMap<>();

    public Limits(List<L> all) {
        this.all = List.copyOf(all);
    }

    public long get(L one) {
        return changed.getOrDefault(one, one.byDefault());
    }

    public Limits<L> set(L one, long value) {
        changed.put(one, value);
        return this;
    }

    public Limits<L> unlimited(L one) {
        return set(one, Long.MAX_VALUE);
    }

    public List<L> all() {
        return all;
    }
}
