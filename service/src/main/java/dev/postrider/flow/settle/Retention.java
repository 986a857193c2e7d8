package dev.postrider.flow.settle;

import dev.postrider.flow.store.PurgeEmails;
import dev.postrider.log.Journal;
import dev.postrider.machine.Loop;
import dev.postrider.machine.Machine;
import dev.postrider.postgres.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
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
    private final Loop loop;

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
        this.loop =
                new Loop(
                        JOURNAL,
                        "purge-emails",
                        "old emails can't be deleted",
                        LOOK_EVERY,
                        this::forget);
    }

    @Override
    public void start() {
        loop.start();
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
        } while (last == AT_ONCE && !loop.isStopping());
        return all;
    }

    @Override
    public void close() throws InterruptedException {
        loop.close();
    }
}
