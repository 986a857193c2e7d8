package dev.postrider.postgres;

import dev.postrider.machine.Fatal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Lets concurrent look-ups share a query: what is asked while one runs goes into the next, so the
 * round trips to the database don't grow with the callers. Nothing is kept between queries: each
 * answer comes from a query that began after its question, so it is as fresh as one's own. Safe for
 * concurrent use.
 *
 * <p>Each waiting caller costs an entry in the queue, so callers are what bounds it. Readers are
 * virtual threads that live while something waits: an idle one of these holds no thread and no
 * connection, and an interrupted caller cuts nobody else's query.
 *
 * @param <K> what is looked up by
 * @param <V> what is found
 */
public final class GroupRead<K, V> {
    private final ConcurrentLinkedQueue<Asked<K, V>> waiting = new ConcurrentLinkedQueue<>();
    private final int maxBatch;
    private final Semaphore idleReaders;
    private final Function<Set<K>, Map<K, V>> read;

    private record Asked<K, V>(K key, CompletableFuture<Optional<V>> answer) {}

    /**
     * @param maxBatch how many look-ups may share a query
     * @param readers how many queries may run at once
     * @param read what is there of some keys, by one query
     */
    public GroupRead(int maxBatch, int readers, Function<Set<K>, Map<K, V>> read) {
        this.maxBatch = maxBatch;
        this.idleReaders = new Semaphore(readers);
        this.read = read;
    }

    /**
     * Looks one up. Where nobody else asks, the caller runs the query itself: another thread would
     * have to be woken for it, and to wake the caller.
     *
     * @throws RuntimeException what the query threw
     */
    public Optional<V> find(K key) {
        if (waiting.isEmpty() && idleReaders.tryAcquire()) {
            return findAlone(key);
        }
        try {
            return ask(key).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private Optional<V> findAlone(K key) {
        try {
            return Optional.ofNullable(read.apply(Set.of(key)).get(key));
        } finally {
            idleReaders.release();
            if (!waiting.isEmpty()) {
                startReader();
            }
        }
    }

    /** Asks without waiting. */
    CompletableFuture<Optional<V>> ask(K key) {
        var asked = new Asked<K, V>(key, new CompletableFuture<>());
        waiting.add(asked);
        startReader();
        return asked.answer();
    }

    /** When all readers are busy, each looks at the queue again after it has become idle. */
    private void startReader() {
        if (idleReaders.tryAcquire()) {
            Thread.ofVirtual().name("group-read").start(this::readAll);
        }
    }

    private void readAll() {
        try {
            for (var batch = next(); !batch.isEmpty(); batch = next()) {
                answer(batch);
            }
        } finally {
            idleReaders.release();
            if (!waiting.isEmpty()) {
                startReader();
            }
        }
    }

    private List<Asked<K, V>> next() {
        var batch = new ArrayList<Asked<K, V>>();
        while (batch.size() < maxBatch) {
            var asked = waiting.poll();
            if (asked == null) {
                break;
            }
            batch.add(asked);
        }
        return batch;
    }

    private void answer(List<Asked<K, V>> batch) {
        var keys = new HashSet<K>();
        batch.forEach(asked -> keys.add(asked.key()));
        try {
            var found = read.apply(keys);
            batch.forEach(
                    asked -> asked.answer().complete(Optional.ofNullable(found.get(asked.key()))));
        } catch (Throwable e) {
            Fatal.endIf(e);
            batch.forEach(asked -> asked.answer().completeExceptionally(e));
        }
    }
}
