package dev.postrider.flow.store.find;

import dev.postrider.log.Journal;
import dev.postrider.machine.Loop;
import dev.postrider.machine.Machine;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.Wakeups;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Puts new entries of the search index where they belong. Whoever keeps an email only appends them
 * to a list, which each search reads from end to end: so it is kept short here, by every node that
 * keeps emails, and no caller waits for it. Should this fail, the server does the same, when it
 * vacuums.
 */
@Singleton
public final class SortEntries implements Machine {
    private static final Journal JOURNAL = Journal.of("search");

    private static final String SORT =
            """
            select gin_clean_pending_list(cast('email_search_terms' as regclass))
            """;

    private static final Duration EVERY = Duration.ofSeconds(2);

    private final Database database;
    private final Wakeups wakeups;
    private final Loop loop;

    /** Of the loop's thread: what was kept until then is sorted. */
    private long sorted;

    public SortEntries(Database database, Wakeups wakeups) {
        this.database = database;
        this.wakeups = wakeups;
        this.loop =
                Loop.frequent(
                        JOURNAL,
                        "search-sort",
                        "new entries of the search index can't be put in order",
                        EVERY,
                        this::sort);
    }

    /** What a program left that was killed waits for the next email. */
    private void sort() {
        var kept = wakeups.news();
        if (kept != sorted) {
            var _ = database.statement(handle -> handle.createQuery(SORT).mapTo(Long.class).one());
            sorted = kept;
        }
    }

    @Override
    public void start() {
        loop.start();
    }

    @Override
    public void close() throws InterruptedException {
        loop.close();
    }
}
