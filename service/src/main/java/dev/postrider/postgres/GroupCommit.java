package dev.postrider.postgres;

import dev.postrider.log.Journal;
import dev.postrider.machine.Fatal;
import dev.postrider.machine.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Lets concurrent callers share a transaction: what arrives while one commits goes into the next.
 * Each caller returns after the commit of its own item. The queue is bounded, so a database that
 * can't keep up is noticed early and costs no memory. While the database is away a batch is tried
 * again for as long as the terms' patience lasts; an item that can't be written fails alone.
 *
 * @param <T> what is written
 */
public final class GroupCommit<T> implements AutoCloseable {
    private static final Journal JOURNAL = Journal.of("flow");

    /** How long a batch is still tried after {@link #close}. */
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(5);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    private final ArrayBlockingQueue<Pending<T>> queue;
    private final int maxBatch;
    private final Duration patience;
    private final Consumer<List<T>> commit;
    private final List<Loop> writers;

    /** A permit for each transaction that may be under way. */
    private final Semaphore idle;

    /** Written once by {@link #close}, read by callers and writers. */
    private volatile boolean closed;

    /** An empty item only wakes a writer. */
    private record Pending<T>(Optional<T> item, CompletableFuture<Void> committed) {}

    /**
     * How items are written.
     *
     * @param capacity how many may wait
     * @param maxBatch how many share a transaction at most
     * @param writers how many transactions may be under way at once
     * @param patience how long a batch is tried again while the database is away; what is tried
     *     again must do no harm when the first try has committed after all
     */
    public record Terms(int capacity, int maxBatch, int writers, Duration patience) {}

    /**
     * Begins to take items.
     *
     * @param commit writes the items in one transaction, all or none
     */
    public GroupCommit(String name, Terms terms, Consumer<List<T>> commit) {
        this.queue = new ArrayBlockingQueue<>(terms.capacity());
        this.maxBatch = terms.maxBatch();
        this.patience = terms.patience();
        this.commit = commit;
        this.idle = new Semaphore(terms.writers());
        var loops = new ArrayList<Loop>();
        for (var i = 0; i < terms.writers(); i++) {
            loops.add(
                    new Loop(
                            JOURNAL,
                            name + "-" + i,
                            "a batch can't be written",
                            Duration.ZERO,
                            this::writeBatch));
        }
        this.writers = List.copyOf(loops);
        writers.forEach(Loop::start);
    }

    /**
     * Hands an item over; the stage completes after its commit, or with what the commit threw.
     *
     * @return empty when the queue is full or closed: nothing was taken, the caller may try later
     */
    public Optional<CompletionStage<Void>> offer(T item) {
        var pending = new Pending<>(Optional.of(item), new CompletableFuture<Void>());
        if (closed || !queue.offer(pending)) {
            return Optional.empty();
        }
        if (closed && queue.remove(pending)) {
            return Optional.empty();
        }
        return Optional.of(pending.committed());
    }

    /**
     * Hands an item over and waits for its commit. Where nobody else writes, the caller does it
     * itself: a writer would have to be woken for it, and to wake the caller. An interrupt cuts the
     * connection to the database then, and it is tried again as if that had been away.
     *
     * @return false when the queue is full or closed: nothing was taken
     * @throws RuntimeException what the commit threw
     */
    public boolean write(T item) {
        return enterAlone() ? writeAlone(item) : writeWithOthers(item);
    }

    /** A writer that waits for its turn has items that came before. */
    private boolean enterAlone() {
        return queue.isEmpty() && !idle.hasQueuedThreads() && idle.tryAcquire();
    }

    private boolean writeAlone(T item) {
        try {
            if (closed) {
                return false;
            }
            commitPatiently(List.of(item));
            return true;
        } finally {
            idle.release();
        }
    }

    /**
     * As {@link #offer}, but where nobody else writes the caller does it itself, as in {@link
     * #write}: for who has nothing else to do meanwhile.
     */
    public Optional<CompletionStage<Void>> offerOrWrite(T item) {
        if (!enterAlone()) {
            return offer(item);
        }
        try {
            return writeAlone(item)
                    ? Optional.of(CompletableFuture.completedStage(null))
                    : Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(CompletableFuture.failedStage(e));
        }
    }

    /**
     * As {@link #write}, always by a writer: for threads whose interrupt is no reason to try again.
     *
     * @return false when the queue is full or closed: nothing was taken
     * @throws RuntimeException what the commit threw
     */
    public boolean writeWithOthers(T item) {
        var committed = offer(item);
        if (committed.isEmpty()) {
            return false;
        }
        try {
            committed.get().toCompletableFuture().join();
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private void writeBatch() throws InterruptedException {
        var batch = new ArrayList<Pending<T>>(maxBatch);
        batch.add(queue.take());
        idle.acquireUninterruptibly();
        try {
            queue.drainTo(batch, maxBatch - 1);
            commitAll(batch);
        } finally {
            idle.release();
        }
        if (closed) {
            // this writer may have drained what should wake another
            var _ = queue.offer(wakeUp());
        }
    }

    private static <T> Pending<T> wakeUp() {
        return new Pending<>(Optional.empty(), new CompletableFuture<>());
    }

    private void commitAll(List<Pending<T>> batch) {
        var items = batch.stream().flatMap(pending -> pending.item().stream()).toList();
        try {
            if (!items.isEmpty()) {
                commitPatiently(items);
            }
            batch.forEach(pending -> pending.committed().complete(null));
        } catch (DatabaseAway e) {
            batch.forEach(pending -> pending.committed().completeExceptionally(e));
        } catch (Throwable e) {
            Fatal.endIf(e);
            if (batch.size() == 1) {
                batch.getFirst().committed().completeExceptionally(e);
            } else {
                // one of them can't be written: the others shall not suffer
                batch.forEach(pending -> commitAll(List.of(pending)));
            }
        }
    }

    private void commitPatiently(List<T> items) {
        var begun = System.nanoTime();
        var interrupted = false;
        try {
            while (!isCommitted(items, begun)) {
                // a writer of its own is never interrupted
                interrupted |= Thread.interrupted();
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isCommitted(List<T> items, long begun) {
        try {
            commit.accept(items);
            return true;
        } catch (DatabaseAway e) {
            var limit = closed && patience.compareTo(LAST_PATIENCE) > 0 ? LAST_PATIENCE : patience;
            if (System.nanoTime() - begun >= limit.toNanos()) {
                throw e;
            }
            return false;
        }
    }

    /** Takes no more, writes what is queued, and returns when that is done. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        writers.forEach(Loop::stop);
        // a full queue wakes the writers by itself, and they may never make room in it again
        var _ = queue.offer(wakeUp());
        for (var writer : writers) {
            writer.close();
        }
        // callers who write by themselves; a second close finds the permits again
        idle.acquireUninterruptibly(writers.size());
        idle.release(writers.size());
        var rest = new ArrayList<Pending<T>>(maxBatch);
        while (queue.drainTo(rest, maxBatch) > 0) {
            commitAll(rest);
            rest.clear();
        }
    }
}
