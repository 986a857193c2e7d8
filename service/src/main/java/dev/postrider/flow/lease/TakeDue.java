package dev.postrider.flow.lease;

import dev.postrider.flow.store.TakeEmails;
import dev.postrider.flow.store.Taken;
import dev.postrider.flow.store.Taken.Wanted;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.GroupCommit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Takes due emails; lanes that want some at once share a transaction. */
final class TakeDue implements AutoCloseable {
    /** More lanes than this never ask at once. */
    private static final int CAPACITY = 100_000;

    private static final GroupCommit.Terms TERMS =
            new GroupCommit.Terms(CAPACITY, 60, 1, Duration.ZERO);

    private final GroupCommit<Pending> commits;

    /**
     * A lane's wish.
     *
     * @param taken written by the writer before it completes the commit, read by the lane after
     */
    private record Pending(Wanted wanted, AtomicReference<Taken> taken) {}

    TakeDue(Database database) {
        this.commits = new GroupCommit<>("take", TERMS, batch -> take(database, batch));
    }

    private static void take(Database database, List<Pending> batch) {
        var wanted = batch.stream().map(Pending::wanted).toList();
        var taken = database.inTransaction(handle -> TakeEmails.take(handle, wanted));
        batch.forEach(each ->
                each.taken().set(taken.getOrDefault(each.wanted(), new Taken.LeaseEnded())));
    }

    /**
     * Takes what is due; for one lane one thread at a time.
     *
     * @throws dev.postrider.postgres.DatabaseAway when the database can't be asked: what it may
     *     have begun nevertheless is unknown to the lane's next lease
     */
    Taken take(Wanted wanted) {
        var pending = new Pending(wanted, new AtomicReference<>(new Taken.LeaseEnded()));
        return commits.write(pending) ? pending.taken().get() : new Taken.LeaseEnded();
    }

    @Override
    public void close() throws InterruptedException {
        commits.close();
    }
}
