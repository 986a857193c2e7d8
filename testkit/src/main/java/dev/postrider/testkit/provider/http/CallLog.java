package dev.postrider.testkit.provider.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How often each endpoint was called, faults included, and what the last calls were. Its own lock
 * guards it.
 */
public final class CallLog {
    private static final int KEPT = 200;

    /** A request and what was answered; 0 when nothing was. */
    public record Call(Endpoint endpoint, Request request, int status) {}

    private final Map<Endpoint, Integer> counts = new HashMap<>();
    private final Deque<Call> last = new ArrayDeque<>();
    private Consumer<Call> follower = any -> {};

    public synchronized int count(Endpoint endpoint) {
        return counts.getOrDefault(endpoint, 0);
    }

    /** The last ones that have ended, the oldest first, without the bodies of large ones. */
    public synchronized List<Call> last() {
        return List.copyOf(last);
    }

    /** Is told of each call as it ends, for as long a time as the last ones don't reach back. */
    public synchronized void follow(Consumer<Call> other) {
        follower = other;
    }

    /** Until an endpoint was called so often in all. */
    public synchronized void await(Endpoint endpoint, int count, Duration longest)
            throws InterruptedException {
        long until = System.nanoTime() + longest.toNanos();
        while (count(endpoint) < count) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new IllegalStateException(
                        "%s was called %d times, not %d"
                                .formatted(endpoint.name(), count(endpoint), count));
            }
            wait(left);
        }
    }

    synchronized void begun(Endpoint endpoint) {
        counts.merge(endpoint, 1, Integer::sum);
        notifyAll();
    }

    synchronized void ended(Endpoint endpoint, Request request, int status) {
        boolean large = request.body().length > 64 * 1024;
        var call = new Call(endpoint, large ? request.withBody(new byte[0]) : request, status);
        follower.accept(call);
        last.add(call);
        if (last.size() > KEPT) {
            last.remove();
        }
    }
}
