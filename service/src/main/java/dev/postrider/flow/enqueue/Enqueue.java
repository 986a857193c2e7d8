package dev.postrider.flow.enqueue;

import dev.postrider.flow.store.enqueue.NewEmail;
import dev.postrider.identity.CallerChanged;
import dev.postrider.log.Journal;
import dev.postrider.machine.Machine;
import dev.postrider.meter.LabelledCounter;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.DatabaseAway;
import dev.postrider.postgres.GroupCommit;
import dev.postrider.postgres.Wakeups;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Commits new emails, many callers in one transaction. */
@Singleton
public final class Enqueue implements Machine {
    private static final Journal JOURNAL = Journal.of("flow");
    private static final LabelledCounter SUBMISSIONS =
            new LabelledCounter(
                    "postrider.emails.submitted", "New emails, by what became of them", "became");

    /** A failover takes seconds; a caller shouldn't wait longer for an answer. */
    private static final GroupCommit.Terms TERMS =
            new GroupCommit.Terms(2_000, 400, 1, Duration.ofSeconds(5));

    /** A large email takes the database some tenths of a second: no other waits for that. */
    private static final GroupCommit.Terms LARGE_TERMS =
            new GroupCommit.Terms(500, 1, 2, Duration.ofSeconds(5));

    /** How many octets of contents may wait in memory for the database at once. */
    private static final long MAX_WAITING = 64L << 20;

    private final GroupCommit<Pending> commits;
    private final GroupCommit<Pending> largeCommits;
    private final Wakeups wakeups;
    private final AtomicLong waiting = new AtomicLong();

    /**
     * A submission on its way into the database.
     *
     * @param became written by the writer before it completes the commit, read by the caller after;
     *     empty when its caller isn't who they were
     * @param mayBeKept whether it was tried, and nobody knows what became of that
     */
    private record Pending(
            Submission submission,
            AtomicReference<Optional<Submitted>> became,
            AtomicBoolean mayBeKept) {
        Pending(Submission submission) {
            this(submission, new AtomicReference<>(Optional.empty()), new AtomicBoolean(false));
        }

        /**
         * @throws CallerChanged when its caller isn't who they were, and nothing is kept
         * @throws DatabaseAway when they aren't, and it may be kept, because they were before
         */
        Submitted answer() {
            return became.get()
                    .orElseThrow(() -> {
                        var changed = new CallerChanged();
                        return mayBeKept.get() ? DatabaseAway.unconfirmed(changed) : changed;
                    });
        }
    }

    public Enqueue(Database database, Wakeups wakeups) {
        SUBMISSIONS.show(List.of("kept", "repeated", "mismatched", "no_mailbox", "busy"));
        this.wakeups = wakeups;
        this.commits = new GroupCommit<>("enqueue", TERMS, batch -> commit(database, batch));
        this.largeCommits =
                new GroupCommit<>("enqueue-large", LARGE_TERMS, batch -> commit(database, batch));
    }

    private static void commit(Database database, List<Pending> batch) {
        try {
            var became = keep(database, batch.stream().map(Pending::submission).toList());
            for (var i = 0; i < batch.size(); i++) {
                batch.get(i).became().set(became.get(i));
            }
        } catch (DatabaseAway e) {
            batch.forEach(each -> each.mayBeKept().set(true));
            throw e;
        }
    }

    private static List<Optional<Submitted>> keep(Database database, List<Submission> submissions) {
        return submissions.stream().allMatch(Submission::isOneStatement)
                ? database.statement(handle -> KeepSubmissions.in(handle, submissions))
                : database.inTransaction(handle -> KeepSubmissions.in(handle, submissions));
    }

    /**
     * Keeps a submission; it is committed when this returns {@link Submitted.Kept} or {@link
     * Submitted.Begun}.
     *
     * @throws CallerChanged when its caller isn't who they were; nothing was kept
     * @throws dev.postrider.postgres.DatabaseAway when the database can't be asked for a while; it
     *     may have been kept or not
     */
    public Submitted keep(Submission submission) {
        var became = write(submission);
        SUBMISSIONS.add(text(became), submission.emails().size());
        return became;
    }

    private static String text(Submitted became) {
        return switch (became) {
            case Submitted.Kept _, Submitted.Begun _ -> "kept";
            case Submitted.Repeated _ -> "repeated";
            case Submitted.Mismatched _ -> "mismatched";
            case Submitted.NoMailbox _ -> "no_mailbox";
            case Submitted.Busy _ -> "busy";
        };
    }

    private Submitted write(Submission submission) {
        var pending = new Pending(submission);
        if (!write(pending)) {
            return new Submitted.Busy();
        }
        var became = pending.answer();
        switch (became) {
            case Submitted.Kept _ -> {
                submission.standingHeld();
                submission.emails().forEach(email -> wakeups.laneWoken(email.lane()));
                submission.emails().forEach(Enqueue::journal);
            }
            case Submitted.Begun _ -> {
                submission.standingHeld();
                submission.emails().forEach(Enqueue::journal);
            }
            case Submitted.NoMailbox _,
                    Submitted.Busy _,
                    Submitted.Repeated _,
                    Submitted.Mismatched _ -> {}
        }
        return became;
    }

    private static void journal(NewEmail email) {
        JOURNAL.event(
                "queued",
                "email",
                email.key().id(),
                "mailbox",
                email.lane().mailboxId(),
                "recipients",
                email.envelope().recipients().size(),
                "bytes",
                email.message().size());
    }

    /** One that is larger than all room together still finds its turn, alone. */
    private boolean write(Pending pending) {
        var emails = pending.submission().emails();
        var size = emails.stream().mapToLong(Enqueue::inMemory).sum();
        if (waiting.getAndAdd(size) > 0 && waiting.get() > MAX_WAITING) {
            waiting.addAndGet(-size);
            return false;
        }
        try {
            var isLarge = emails.stream().anyMatch(email -> email.message().isLarge());
            return (isLarge ? largeCommits : commits).write(pending);
        } finally {
            waiting.addAndGet(-size);
        }
    }

    private static long inMemory(NewEmail email) {
        return email.message().isLarge() ? 0 : email.message().size();
    }

    @Override
    public void close() throws InterruptedException {
        commits.close();
        largeCommits.close();
    }
}
