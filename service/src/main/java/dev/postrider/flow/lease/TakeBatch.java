package dev.postrider.flow.lease;

import dev.postrider.flow.store.TakeDueEmails;
import dev.postrider.flow.store.TakenBatch;
import dev.postrider.flow.store.TakenBatch.Wanted;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.GroupCommit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Takes due emails; lanes that want some at once share a transaction. */
final class TakeBatch implements AutoCloseable {
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
    private record Pending(Wanted wanted, AtomicReference<TakenBatch> taken) {}

    TakeBatch(Database database) {
        this.commits = new GroupCommit<>("take", TERMS, batch -> take(database, batch));
    }

    private static void take(Database database, List<Pending> batch) {
        var wanted = batch.stream().map(Pending::wanted).toList();
        var taken = database.inTransaction(handle -> TakeDueEmails.take(handle, wanted));
        batch.forEach(each ->
                each.taken().set(taken.getOrDefault(each.wanted(), new TakenBatch.LeaseEnded())));
    }

    /**
     * Takes what is due; for one lane one thread at a time.
     *
     * @throws dev.postrider.postgres.DatabaseAway when the database can't be asked: what it may
     *     have begun nevertheless is unknown to the lane's next lease
     */
    TakenBatch take(Wanted wanted) {
        var pending = new Pending(wanted, new AtomicReference<>(new TakenBatch.LeaseEnded()));
        return commits.writeWithOthers(pending)
                ? pending.taken().get()
                : new TakenBatch.LeaseEnded();
    }

    @Override
    public void close() throws InterruptedException {
        commits.close();
    }
}
