package dev.postrider.testkit.provider;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What isn't known for certain of the real provider, or differs between its customers: each an
 * enum's constant with its default. Safe for concurrent use.
 */
public final class Switches<S extends Enum<S> & Switches.Switch> {

    /** A constant of the provider's enum. */
    public interface Switch {
        /** What it does when nobody has turned it. */
        boolean onByDefault();
    }

    private final List<S> all;
    private final Map<S, Boolean> turned = new ConcurrentHashMap<>();

    public Switches(List<S> all) {
        this.all = List.copyOf(all);
    }

    public boolean on(S one) {
        return turned.getOrDefault(one, one.onByDefault());
    }

    public Switches<S> turn(S one, boolean on) {
        turned.put(one, on);
        return this;
    }

    public List<S> all() {
        return all;
    }
}
