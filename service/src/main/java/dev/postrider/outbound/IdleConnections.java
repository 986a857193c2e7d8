package dev.postrider.outbound;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Connections that nobody uses just now, for whoever next asks the same server: what a request may
 * do is in the request, so it doesn't matter whose the last one was. The last one used comes first,
 * so that there remain no more than are needed. Safe for concurrent use.
 */
final class IdleConnections {
    /** To one server; more than these are closed. */
    private static final int MOST = 256;

    private final Map<URI, ConcurrentLinkedDeque<Idle>> byOrigin = new ConcurrentHashMap<>();
    private final Duration longest;

    /**
     * @param longest how long one may wait
     */
    IdleConnections(Duration longest) {
        this.longest = longest;
    }

    /**
     * One that waits.
     *
     * @param over completed when it is taken
     */
    private record Idle(KeptConnection connection, CompletableFuture<Void> over) {}

    /** One that can be used, as far as anybody can tell. */
    Optional<KeptConnection> take(URI origin) {
        var idle = of(origin);
        for (var each = idle.pollFirst(); each != null; each = idle.pollFirst()) {
            each.over().complete(null);
            if (each.connection().isUsable()) {
                return Optional.of(each.connection());
            }
            each.connection().close();
        }
        return Optional.empty();
    }

    /** For the next one, if it comes soon. */
    void giveBack(URI origin, KeptConnection connection) {
        // the server may close it from now on, even if no request was made over it
        connection.use();
        var idle = of(origin);
        var over = new CompletableFuture<Void>();
        var one = new Idle(connection, over);
        idle.addFirst(one);
        new Deadline(longest).whenOver(over, () -> remove(idle, one));
        if (idle.size() > MOST) {
            var oldest = idle.peekLast();
            if (oldest != null) {
                remove(idle, oldest);
            }
        }
    }

    /** Whoever takes it away, alone, closes it. */
    private static void remove(ConcurrentLinkedDeque<Idle> idle, Idle one) {
        if (idle.remove(one)) {
            one.over().complete(null);
            one.connection().close();
        }
    }

    private ConcurrentLinkedDeque<Idle> of(URI origin) {
        return byOrigin.computeIfAbsent(origin, _ -> new ConcurrentLinkedDeque<>());
    }
}
