package dev.postrider.flow.enqueue;

import dev.postrider.log.Journal;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.GroupCommit;
import dev.postrider.postgres.Wakeups;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Commits new emails, many callers in one transaction. */
public final class Enqueue implements AutoCloseable {
    private static final Journal JOURNAL = Journal.of("flow");
    private static final int CAPACITY = 2_000;
    private static final int MAX_BATCH = 200;
    private static final int WRITERS = 2;

    private final GroupCommit<Pending> commits;
    private final Wakeups wakeups;

    /** What became of an email. */
    public enum Kept {
        /** It is committed. */
        KEPT,
        /** Its mailbox has gone meanwhile; nothing was kept. */
        NO_MAILBOX,
        /** Too many wait for the database; nothing was kept. */
        BUSY
    }

    /**
     * An email on its way into the database.
     *
     * @param kept written by the writer before it completes the commit, read by the caller after
     */
    private record Pending(NewEmail email, AtomicBoolean kept) {}

    public Enqueue(Database database, Wakeups wakeups) {
        this.wakeups = wakeups;
        this.commits =
                new GroupCommit<>(
                        "enqueue", CAPACITY, MAX_BATCH, WRITERS, batch -> commit(database, batch));
    }

    private static void commit(Database database, List<Pending> batch) {
        var emails = batch.stream().map(Pending::email).toList();
        var lanes = database.inTransaction(handle -> EmailTable.insert(handle, emails));
        batch.forEach(one -> one.kept().set(lanes.contains(one.email().lane())));
    }

    /** Keeps an email; it is committed when this returns {@link Kept#KEPT}. */
    public Kept keep(NewEmail email) {
        var pending = new Pending(email, new AtomicBoolean());
        if (!commits.write(pending)) {
            return Kept.BUSY;
        }
        if (!pending.kept().get()) {
            return Kept.NO_MAILBOX;
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
        return Kept.KEPT;
    }

    @Override
    public void close() throws InterruptedException {
        commits.close();
    }
}
