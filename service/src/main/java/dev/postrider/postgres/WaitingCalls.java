package dev.postrider.postgres;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Since when callers have the database's answer to come. Safe for concurrent use. */
final class WaitingCalls {
    private final Map<Call, Long> begun = new ConcurrentHashMap<>();

    /** Equal to no other. */
    final class Call implements AutoCloseable {
        @Override
        public void close() {
            begun.remove(this);
        }
    }

    Call begin() {
        var call = new Call();
        begun.put(call, System.nanoTime());
        return call;
    }

    boolean areLongerThan(Duration wait) {
        var now = System.nanoTime();
        return begun.values().stream().anyMatch(since -> now - since > wait.toNanos());
    }
}
