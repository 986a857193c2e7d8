package dev.postrider.outbound;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** When a call must be over, whatever it waits for then. */
final class Deadline {
    private final long end;

    Deadline(Duration time) {
        this.end = System.nanoTime() + time.toNanos();
    }

    boolean isOver() {
        return end - System.nanoTime() <= 0;
    }

    /**
     * Rounded up, so that the deadline is over when a wait of this time is; at least 1, since 0
     * means for ever to sockets.
     */
    int leftMillis() {
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime() + 999_999));
    }

    /** Runs something when the time is over, unless what comes back is completed before. */
    CompletableFuture<Void> whenOver(Runnable action) {
        var alarm = new CompletableFuture<Void>();
        whenOver(alarm, action);
        return alarm;
    }

    /** The same, unless that one is completed before. */
    void whenOver(CompletableFuture<Void> alarm, Runnable action) {
        var _ =
                alarm.orTimeout(leftMillis(), TimeUnit.MILLISECONDS)
                        .whenComplete((_, late) -> {
                            if (late != null) {
                                action.run();
                            }
                        });
    }
}
