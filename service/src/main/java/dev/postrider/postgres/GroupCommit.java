package dev.postrider.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Lets concurrent callers share a transaction: what arrives while one commits goes into the next.
 * Each caller returns after the commit of its own item. The queue is bounded, so a database that
 * can't keep up is noticed early and costs no memory.
 *
 * @param <T> what is written
 */
public final class GroupCommit<T> implements AutoCloseable {
    private final ArrayBlockingQueue<Pending<T>> queue;
    private final int maxBatch;
    private final Consumer<List<T>> commit;
    private final List<Thread> writers;

    /** Written once by {@link #close}, read by callers and writers. */
    private volatile boolean closed;

    /** An empty item only wakes a writer. */
    private record Pending<T>(Optional<T> item, CompletableFuture<Void> committed) {}

    /**
     * Begins to take items.
     *
     * @param writers how many transactions may be under way at once
     * @param commit writes the items in one transaction, all or none
     */
    public GroupCommit(
            String name, int capacity, int maxBatch, int writers, Consumer<List<T>> commit) {
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.maxBatch = maxBatch;
        this.commit = commit;
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < writers; i++) {
            threads.add(Thread.ofVirtual().name(name + "-" + i).start(this::write));
        }
        this.writers = List.copyOf(threads);
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
     * Hands an item over and waits for its commit.
     *
     * @return false when the queue is full or closed: nothing was taken
     * @throws RuntimeException what the commit threw
     */
    public boolean write(T item) {
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

    private void write() {
        var batch = new ArrayList<Pending<T>>(maxBatch);
        while (!closed) {
            batch.add(next());
            queue.drainTo(batch, maxBatch - 1);
            commitAll(batch);
            batch.clear();
        }
        // this writer may have drained what should wake another
        var _ = queue.offer(wakeUp());
    }

    private static <T> Pending<T> wakeUp() {
        return new Pending<>(Optional.empty(), new CompletableFuture<>());
    }

    /** Nothing interrupts a writer: an interrupt would cut its database connection. */
    private Pending<T> next() {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void commitAll(List<Pending<T>> batch) {
        var items = batch.stream().flatMap(pending -> pending.item().stream()).toList();
        try {
            if (!items.isEmpty()) {
                commit.accept(items);
            }
            batch.forEach(pending -> pending.committed().complete(null));
        } catch (RuntimeException | Error e) {
            batch.forEach(pending -> pending.committed().completeExceptionally(e));
        }
    }

    /** Takes no more, writes what is queued, and returns when that is done. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        // a full queue wakes the writers by itself, and they may never make room in it again
        var _ = queue.offer(wakeUp());
        for (var writer : writers) {
            writer.join();
        }
        var rest = new ArrayList<Pending<T>>(maxBatch);
        while (queue.drainTo(rest, maxBatch) > 0) {
            commitAll(rest);
            rest.clear();
        }
    }
}
