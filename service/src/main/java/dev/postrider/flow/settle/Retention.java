package dev.postrider.flow.settle;

import dev.postrider.flow.store.PurgeEmails;
import dev.postrider.log.Journal;
import dev.postrider.machine.Machine;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.DatabaseAway;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Forgets finished emails when they have been kept long enough: their contents first, then all of
 * them. Every node does this; what one has deleted the others don't find.
 */
@Singleton
public final class Retention implements Machine {
    private static final Journal JOURNAL = Journal.of("flow");
    private static final Duration LOOK_EVERY = Duration.ofMinutes(10);

    /** Small enough that nobody waits for its locks. */
    private static final int AT_ONCE = 500;

    private final PurgeEmails table;
    private final Keep keep;
    private final InstantSource clock;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    /**
     * How long finished emails are kept.
     *
     * @param contents their messages: without them an email can neither be shown nor sent again
     * @param history all else: states, recipients, attempts
     */
    public record Keep(Duration contents, Duration history) {}

    public Retention(Database database, Keep keep, InstantSource clock) {
        this.table = new PurgeEmails(database);
        this.keep = keep;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("forget-old-emails").unstarted(this::run);
    }

    @Override
    public void start() {
        thread.start();
    }

    private void run() {
        try {
            do {
                forgetQuietly();
            } while (!stopping.await(LOOK_EVERY.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void forgetQuietly() {
        try {
            forget();
        } catch (DatabaseAway e) {
            JOURNAL.warning("old emails stay for now", "reason", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            JOURNAL.failure("old emails can't be forgotten", e);
        }
    }

    /** Forgets all that is old by now. */
    void forget() {
        var contents = 0;
        var emails = 0;
        for (var workspace : table.workspaces()) {
            var now = clock.instant();
            contents += all(() -> table.contents(workspace, now, keep.contents(), AT_ONCE));
            emails += all(() -> table.emails(workspace, now, keep.history(), AT_ONCE));
            table.use(workspace);
        }
        if (contents + emails > 0) {
            JOURNAL.event("forgotten", "contents", contents, "emails", emails);
        }
    }

    private int all(IntSupplier some) {
        var all = 0;
        int last;
        do {
            last = some.getAsInt();
            all += last;
        } while (last == AT_ONCE && stopping.getCount() > 0);
        return all;
    }

    @Override
    public void close() throws InterruptedException {
        stopping.countDown();
        thread.join();
    }
}
