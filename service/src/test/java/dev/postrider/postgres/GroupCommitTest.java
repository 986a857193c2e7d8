package dev.postrider.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class GroupCommitTest {
    private final Set<Integer> written = ConcurrentHashMap.newKeySet();
    private final Queue<List<Integer>> batches = new ConcurrentLinkedQueue<>();

    private static GroupCommit.Terms terms(int capacity, int maxBatch, int writers) {
        return new GroupCommit.Terms(capacity, maxBatch, writers, Duration.ZERO);
    }

    private void commit(List<Integer> items) {
        batches.add(List.copyOf(items));
        written.addAll(items);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void eachCallerReturnsAfterTheCommitOfItsOwn(int writers) throws Exception {
        var missing = new AtomicInteger();
        try (var commits =
                new GroupCommit<Integer>("test", terms(1_000, 50, writers), this::commit)) {
            try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                IntStream.range(0, 1_000)
                        .forEach(item ->
                                callers.execute(() -> {
                                    if (!commits.write(item) || !written.contains(item)) {
                                        missing.incrementAndGet();
                                    }
                                }));
            }
        }
        assertThat(missing).hasValue(0);
        assertThat(batches).allMatch(batch -> batch.size() <= 50);
        assertThat(batches.stream().flatMap(List::stream)).hasSize(1_000).doesNotHaveDuplicates();
    }

    @Test
    void whatArrivesWhileOneCommitsSharesTheNext() throws Exception {
        var blocked = new Blocked(this::commit);
        try (var commits = new GroupCommit<>("test", terms(100, 10, 1), blocked)) {
            put(commits, 0);
            blocked.awaitBegun();
            IntStream.rangeClosed(1, 15).forEach(item -> put(commits, item));
            blocked.open();
        }
        assertThat(batches.stream().map(List::size)).containsExactly(1, 10, 5);
        assertThat(batches.stream().flatMap(List::stream))
                .isEqualTo(IntStream.rangeClosed(0, 15).boxed().toList());
    }

    @Test
    void anItemThatCannotBeWrittenFailsAlone() throws Exception {
        var blocked =
                new Blocked(items -> {
                    if (items.contains(2)) {
                        throw new IllegalStateException("too long");
                    }
                    commit(items);
                });
        try (var commits = new GroupCommit<>("test", terms(100, 3, 1), blocked)) {
            var first = offer(commits, 0);
            blocked.awaitBegun();
            var together = List.of(offer(commits, 1), offer(commits, 2), offer(commits, 3));
            blocked.open();

            first.join();
            together.get(0).join();
            assertThatThrownBy(together.get(1)::join).hasRootCauseMessage("too long");
            together.get(2).join();
            assertThatThrownBy(() -> commits.write(2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("too long");
            assertThat(commits.write(4)).isTrue();
        }
        assertThat(written).containsExactlyInAnyOrder(0, 1, 3, 4);
    }

    /** No other thread has to be woken for it. */
    @Test
    void whoWritesAloneWritesByThemselves() throws Exception {
        var threads = ConcurrentHashMap.<Thread>newKeySet();
        try (var commits =
                new GroupCommit<Integer>(
                        "test", terms(10, 10, 1), _ -> threads.add(Thread.currentThread()))) {
            assertThat(commits.write(1)).isTrue();
            assertThat(threads).containsExactly(Thread.currentThread());
            assertThat(commits.writeWithOthers(2)).isTrue();
            assertThat(threads).hasSize(2);
            commits.close();
            // closed twice, and both return
            assertThat(commits.write(3)).isFalse();
        }
    }

    /** Nor where nobody waits for it. */
    @Test
    void whoOffersOrWritesDoesSoWhereNobodyElseWrites() throws Exception {
        var blocked = new Blocked(this::commit);
        try (var commits = new GroupCommit<>("test", terms(10, 10, 1), blocked)) {
            put(commits, 0);
            blocked.awaitBegun();
            var behind = commits.offerOrWrite(1).orElseThrow().toCompletableFuture();
            assertThat(behind).isNotDone();
            blocked.open();
            behind.join();
        }
        var threads = ConcurrentHashMap.<Thread>newKeySet();
        try (var commits =
                new GroupCommit<Integer>(
                        "test",
                        terms(10, 10, 1),
                        items -> {
                            threads.add(Thread.currentThread());
                            if (items.contains(3)) {
                                throw new IllegalStateException("too long");
                            }
                        })) {
            assertThat(commits.offerOrWrite(2).orElseThrow().toCompletableFuture()).isCompleted();
            assertThat(commits.offerOrWrite(3).orElseThrow().toCompletableFuture())
                    .isCompletedExceptionally();
            assertThat(threads).containsExactly(Thread.currentThread());
            commits.close();
            assertThat(commits.offerOrWrite(4)).isEmpty();
        }
    }

    /** An interrupt closes the socket to the database, as if that were away. */
    @Test
    void anInterruptedCallerTriesAgainAndStaysInterrupted() throws Exception {
        var tries = new AtomicInteger();
        Consumer<List<Integer>> cut =
                items -> {
                    if (tries.incrementAndGet() == 1) {
                        Thread.currentThread().interrupt();
                    }
                    if (Thread.currentThread().isInterrupted()) {
                        throw new DatabaseAway(
                                DatabaseAway.Kind.AWAY, new SQLException("closed", "08006"));
                    }
                    commit(items);
                };
        var patient = new GroupCommit.Terms(10, 10, 1, Duration.ofMinutes(1));
        try (var commits = new GroupCommit<>("test", patient, cut)) {
            assertThat(commits.write(1)).isTrue();
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(tries).hasValue(2);
        assertThat(batches).containsExactly(List.of(1));
    }

    @Test
    void whileTheDatabaseIsAwayABatchIsTriedAgain() throws Exception {
        var away = new AtomicInteger(3);
        Consumer<List<Integer>> failing =
                items -> {
                    if (away.getAndDecrement() > 0) {
                        throw new DatabaseAway(
                                DatabaseAway.Kind.AWAY, new SQLException("restarting", "57P03"));
                    }
                    commit(items);
                };
        var patient = new GroupCommit.Terms(10, 10, 1, Duration.ofMinutes(1));
        try (var commits = new GroupCommit<>("test", patient, failing)) {
            assertThat(commits.write(1)).isTrue();
        }
        assertThat(batches).containsExactly(List.of(1));

        away.set(3);
        try (var commits = new GroupCommit<>("test", terms(10, 10, 1), failing)) {
            assertThatThrownBy(() -> commits.write(2)).isInstanceOf(DatabaseAway.class);
        }
    }

    @Test
    void aFullQueueRefusesAtOnce() throws Exception {
        var blocked = new Blocked(this::commit);
        try (var commits = new GroupCommit<>("test", terms(2, 10, 1), blocked)) {
            put(commits, 0);
            blocked.awaitBegun();
            put(commits, 1);
            put(commits, 2);

            assertThat(commits.offer(3)).isEmpty();
            assertThat(commits.write(4)).isFalse();

            blocked.open();
        }
        assertThat(written).containsExactlyInAnyOrder(0, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void closeWritesWhatIsQueuedEvenWhenTheQueueIsFull(int writers) throws Exception {
        var blocked = new Blocked(this::commit);
        var commits = new GroupCommit<>("test", terms(30, 10, writers), blocked);
        for (var item = 0; item < writers; item++) {
            put(commits, item);
            blocked.awaitBegun();
        }
        var queued = IntStream.range(100, 130).mapToObj(item -> offer(commits, item)).toList();

        var closing = Thread.ofVirtual().start(() -> close(commits));
        blocked.open();
        assertThat(closing.join(Duration.ofSeconds(30))).isTrue();

        assertThat(queued).allMatch(CompletableFuture::isDone);
        assertThat(written).hasSize(30 + writers);
        assertThat(batches).allMatch(batch -> batch.size() <= 10);
        assertThat(commits.offer(1)).isEmpty();
    }

    @RepeatedTest(200)
    void idleWritersAllEnd() throws Exception {
        var commits = new GroupCommit<Integer>("test", terms(10, 10, 2), this::commit);
        commits.close();
        assertThat(commits.write(1)).isFalse();
        assertThat(written).isEmpty();
    }

    @RepeatedTest(100)
    void anOfferThatRacesWithCloseIsWrittenOrRefused() throws Exception {
        var commits = new GroupCommit<Integer>("test", terms(20, 5, 2), this::commit);
        var accepted = ConcurrentHashMap.<Integer>newKeySet();
        var started = new CountDownLatch(4);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var caller = 0; caller < 4; caller++) {
                var base = caller * 1_000;
                callers.execute(() -> {
                    started.countDown();
                    for (var item = base; item < base + 50; item++) {
                        if (commits.write(item)) {
                            accepted.add(item);
                        }
                    }
                });
            }
            started.await();
            commits.close();
        }
        assertThat(written).isEqualTo(accepted);
    }

    private static CompletableFuture<Void> offer(GroupCommit<Integer> commits, int item) {
        return commits.offer(item).orElseThrow().toCompletableFuture();
    }

    private static void put(GroupCommit<Integer> commits, int item) {
        assertThat(commits.offer(item)).isPresent();
    }

    private static void close(GroupCommit<Integer> commits) {
        try {
            commits.close();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A commit that tells when it begins and goes on when it is let. */
    private record Blocked(Consumer<List<Integer>> commit, Semaphore begun, CountDownLatch gate)
            implements Consumer<List<Integer>> {
        Blocked(Consumer<List<Integer>> commit) {
            this(commit, new Semaphore(0), new CountDownLatch(1));
        }

        void awaitBegun() throws InterruptedException {
            begun.acquire();
        }

        void open() {
            gate.countDown();
        }

        @Override
        public void accept(List<Integer> items) {
            begun.release();
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            commit.accept(items);
        }
    }
}
