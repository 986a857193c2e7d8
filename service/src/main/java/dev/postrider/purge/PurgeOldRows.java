package dev.postrider.purge;

import dev.postrider.log.Journal;
import dev.postrider.machine.Machine;
import dev.postrider.postgres.DatabaseAway;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs all purges, each until nothing old is left. Every node does this; what one has deleted the
 * others don't find.
 */
@Singleton
public final class PurgeOldRows implements Machine {
    private static final Journal JOURNAL = Journal.of("purge");
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    private final List<Purge> purges;
    private final InstantSource clock;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    public PurgeOldRows(@All List<Purge> purges, InstantSource clock) {
        this.purges = List.copyOf(purges);
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("purge-old-rows").unstarted(this::run);
    }

    @Override
    public void start() {
        thread.start();
    }

    private void run() {
        try {
            do {
                purges.forEach(this::keepOn);
            } while (!stopping.await(LOOK_EVERY.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** One that fails keeps no other from its turn, nor itself from the next. */
    private void keepOn(Purge purge) {
        try {
            all(purge);
        } catch (DatabaseAway e) {
            JOURNAL.warning("not purged for now", "what", purge.what(), "reason", String.valueOf(e.getMessage()));
        } catch (Throwable e) {
            JOURNAL.failure("not purged", e, "what", purge.what());
        }
    }

    /** Deletes all that is old by now. */
    void all() {
        purges.forEach(this::all);
    }

    private void all(Purge purge) {
        var all = 0L;
        int last;
        do {
            last = purge.some(clock.instant());
            all += last;
        } while (last > 0 && stopping.getCount() > 0);
        if (all > 0) {
            JOURNAL.event("purged", "what", purge.what(), "rows", all);
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopping.countDown();
        thread.join();
    }
}
