package dev.postrider.postgres.connection;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Since when callers have the database's answer to come. Safe for concurrent use. */
public final class WaitingCalls {
    private final Map<Call, Long> begun = new ConcurrentHashMap<>();

    /** Equal to no other. */
    public final class Call implements AutoCloseable {
        @Override
        public void close() {
            begun.remove(this);
        }
    }

    public Call begin() {
        var call = new Call();
        begun.put(call, System.nanoTime());
        return call;
    }

    boolean areLongerThan(Duration wait) {
        if (begun.isEmpty()) {
            return false; // nearly always, and asked each second
        }
        var now = System.nanoTime();
        return begun.values().stream().anyMatch(since -> now - since > wait.toNanos());
    }
}
