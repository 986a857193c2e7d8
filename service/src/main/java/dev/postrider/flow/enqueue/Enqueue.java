package dev.postrider.flow.enqueue;

import dev.postrider.log.Journal;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.GroupCommit;
import dev.postrider.postgres.Wakeups;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Commits new emails, many callers in one transaction. */
public final class Enqueue implements AutoCloseable {
    private static final Journal JOURNAL = Journal.of("flow");

    /** A failover takes seconds; a caller shouldn't wait longer for an answer. */
    private static final GroupCommit.Terms TERMS =
            new GroupCommit.Terms(2_000, 200, 2, Duration.ofSeconds(5));

    /** How many octets of contents may wait for the database at once. */
    private static final long MAX_WAITING = 96L << 20;

    private final GroupCommit<Pending> commits;
    private final Wakeups wakeups;
    private final AtomicLong waiting = new AtomicLong();

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
        this.commits = new GroupCommit<>("enqueue", TERMS, batch -> commit(database, batch));
    }

    private static void commit(Database database, List<Pending> batch) {
        var emails = batch.stream().map(Pending::email).toList();
        var lanes = database.inTransaction(handle -> EmailTable.insert(handle, emails));
        batch.forEach(one -> one.kept().set(lanes.contains(one.email().lane())));
    }

    /**
     * Keeps an email; it is committed when this returns {@link Kept#KEPT}.
     *
     * @throws dev.postrider.postgres.DatabaseAway when the database can't be asked for a while; the
     *     email may have been kept or not
     */
    public Kept keep(NewEmail email) {
        var pending = new Pending(email, new AtomicBoolean());
        if (!write(pending)) {
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

    /** One that is larger than all room together still finds its turn, alone. */
    private boolean write(Pending pending) {
        long size = pending.email().content().size();
        if (waiting.getAndAdd(size) > 0 && waiting.get() > MAX_WAITING) {
            waiting.addAndGet(-size);
            return false;
        }
        try {
            return commits.write(pending);
        } finally {
            waiting.addAndGet(-size);
        }
    }

    @Override
    public void close() throws InterruptedException {
        commits.close();
    }
}
