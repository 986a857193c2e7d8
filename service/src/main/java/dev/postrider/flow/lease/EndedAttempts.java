package dev.postrider.flow.lease;

import dev.postrider.email.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What becomes of one batch, settled as its replies come: at once where a caller waits, else a few
 * times a second, since each time is a transaction. For one thread.
 */
final class EndedAttempts {
    private static final long SETTLE_EVERY_NANOS = Duration.ofMillis(50).toNanos();

    private final Consumer<List<Attempt>> settle;
    private final List<Attempt> all = new ArrayList<>();
    private int settled;
    private long settledAt = System.nanoTime();

    EndedAttempts(Consumer<List<Attempt>> settle) {
        this.settle = settle;
    }

    void add(Attempt attempt) {
        all.add(attempt);
        if (attempt.email().awaited() || System.nanoTime() - settledAt >= SETTLE_EVERY_NANOS) {
            settle();
        }
    }

    /** Settles those that aren't yet. */
    void settle() {
        if (settled < all.size()) {
            var open = List.copyOf(all.subList(settled, all.size()));
            settled = all.size();
            settledAt = System.nanoTime();
            settle.accept(open);
        }
    }

    /** Whether there are some, and all of them are so. */
    boolean all(Predicate<Attempt> so) {
        return !all.isEmpty() && all.stream().allMatch(so);
    }

    Attempt first() {
        return all.getFirst();
    }
}
