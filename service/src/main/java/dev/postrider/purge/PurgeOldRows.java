package dev.postrider.purge;

import dev.postrider.log.Journal;
import dev.postrider.machine.Loop;
import dev.postrider.machine.Machine;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * Runs each purge until nothing old is left, and looks again a minute later; where nothing is old
 * time after time, after up to eight. Every node does this; what one has deleted the others don't
 * find.
 */
@Singleton
public final class PurgeOldRows implements Machine {
    private static final Journal JOURNAL = Journal.of("purge");
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    /** In minutes. */
    private static final int LONGEST_PAUSE = 8;

    /** Statements at once: all loops look at the same time, and need no more connections. */
    private static final int AT_ONCE = 2;

    private final InstantSource clock;
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final List<Loop> loops;

    public PurgeOldRows(@All List<Purge> purges, InstantSource clock) {
        this.clock = clock;
        this.loops = purges.stream().map(this::loop).toList();
    }

    private Loop loop(Purge purge) {
        return new Loop(
                JOURNAL,
                "purge-" + purge.what().replace(' ', '-'),
                "old " + purge.what() + " can't be deleted",
                LOOK_EVERY,
                new Paced(() -> all(purge)));
    }

    /** Leaves out ever more turns, until something was old. */
    private static final class Paced implements Loop.Step {
        private final LongSupplier purge;

        /** Both of the loop's thread. */
        private int pause = 1;

        private int left = 1;

        private Paced(LongSupplier purge) {
            this.purge = purge;
        }

        @Override
        public void run() {
            left--;
            if (left == 0) {
                left = 1; // should it fail, it is tried again at the next turn
                pause = purge.getAsLong() > 0 ? 1 : Math.min(LONGEST_PAUSE, 2 * pause);
                left = pause;
            }
        }
    }

    /**
     * A stop is waited for no longer than one statement takes.
     *
     * @return how many rows were deleted
     */
    private long all(Purge purge) {
        var rows = 0L;
        int last;
        do {
            turns.acquireUninterruptibly();
            try {
                last = purge.some(clock.instant());
            } finally {
                turns.release();
            }
            rows += last;
        } while (last > 0 && !isStopping());
        if (rows > 0) {
            JOURNAL.event("purged", "what", purge.what(), "rows", rows);
        }
        return rows;
    }

    private boolean isStopping() {
        return loops.getFirst().isStopping();
    }

    @Override
    public void start() {
        loops.forEach(Loop::start);
    }

    @Override
    public void close() throws InterruptedException {
        loops.forEach(Loop::stop);
        for (var loop : loops) {
            loop.close();
        }
    }
}
