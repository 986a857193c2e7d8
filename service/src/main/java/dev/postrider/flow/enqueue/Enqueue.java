package dev.postrider.flow.enqueue;

import dev.postrider.log.Journal;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.GroupCommit;
import dev.postrider.postgres.Wakeups;

/** Commits new emails, many callers in one transaction. */
public final class Enqueue implements AutoCloseable {
    private static final Journal JOURNAL = Journal.of("flow");
    private static final int CAPACITY = 2_000;
    private static final int MAX_BATCH = 200;
    private static final int WRITERS = 2;

    private final GroupCommit<NewEmail> commits;
    private final Wakeups wakeups;

    public Enqueue(Database database, Wakeups wakeups) {
        this.wakeups = wakeups;
        this.commits =
                new GroupCommit<>(
                        "enqueue",
                        CAPACITY,
                        MAX_BATCH,
                        WRITERS,
                        emails ->
                                database.inTransaction(
                                        handle -> EmailTable.insert(handle, emails)));
    }

    /**
     * Keeps an email; it is committed when this returns true.
     *
     * @return false when too many wait for the database: nothing was kept
     */
    public boolean keep(NewEmail email) {
        if (!commits.write(email)) {
            return false;
        }
        wakeups.laneWoken(email.lane());
        JOURNAL.event(
                "queued",
                "email",
                email.key().id(),
                "mailbox",
                email.lane().mailboxId(),
                "recipients",
                email.recipients().size(),
                "bytes",
                email.content().size());
        return true;
    }

    @Override
    public void close() throws InterruptedException {
        commits.close();
    }
}
