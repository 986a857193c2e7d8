package dev.postrider.purge;

import dev.postrider.log.Journal;
import dev.postrider.machine.Loop;
import dev.postrider.machine.Machine;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Runs each purge until nothing old is left, and looks again a minute later. Every node does this;
 * what one has deleted the others don't find.
 */
@Singleton
public final class PurgeOldRows implements Machine {
    private static final Journal JOURNAL = Journal.of("purge");
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    private final InstantSource clock;
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
                () -> all(purge));
    }

    /** A stop is waited for no longer than one statement takes. */
    private void all(Purge purge) {
        var rows = 0L;
        int last;
        do {
            last = purge.some(clock.instant());
            rows += last;
        } while (last > 0 && !isStopping());
        if (rows > 0) {
            JOURNAL.event("purged", "what", purge.what(), "rows", rows);
        }
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
