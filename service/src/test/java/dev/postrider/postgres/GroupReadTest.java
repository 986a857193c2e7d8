package dev.postrider.postgres;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class GroupReadTest {
    private final Queue<Set<Integer>> queries = new ConcurrentLinkedQueue<>();

    /** Even numbers are there, odd ones aren't. */
    private Map<Integer, String> read(Set<Integer> keys) {
        queries.add(Set.copyOf(keys));
        return keys.stream()
                .filter(key -> key % 2 == 0)
                .collect(toMap(key -> key, key -> "#" + key));
    }

    @Test
    void itFindsWhatIsThere() {
        var reads = new GroupRead<>(10, 1, this::read);
        assertThat(reads.find(4)).contains("#4");
        assertThat(reads.find(5)).isEmpty();
    }

    /** No other thread has to be woken for it. */
    @Test
    void whoAsksAloneAsksByThemselves() {
        var threads = ConcurrentHashMap.<Thread>newKeySet();
        var reads =
                new GroupRead<Integer, String>(
                        10,
                        1,
                        keys -> {
                            threads.add(Thread.currentThread());
                            return read(keys);
                        });
        assertThat(reads.find(4)).contains("#4");
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void everyOneOfManyGetsTheirOwn(int readers) {
        var reads = new GroupRead<>(50, readers, this::read);
        var wrong = new AtomicInteger();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 5_000)
                    .forEach(key ->
                            callers.execute(() -> {
                                var expected =
                                        key % 2 == 0
                                                ? Optional.of("#" + key)
                                                : Optional.<String>empty();
                                if (!reads.find(key).equals(expected)) {
                                    wrong.incrementAndGet();
                                }
                            }));
        }
        assertThat(wrong).hasValue(0);
        assertThat(queries).allMatch(keys -> keys.size() <= 50);
    }

    @Test
    void whatIsAskedWhileOneRunsSharesTheNext() throws Exception {
        var blocked = new Blocked(this::read);
        var reads = new GroupRead<>(10, 1, blocked);
        var first = reads.ask(0);
        blocked.begun.await();
        var others = IntStream.rangeClosed(1, 15).mapToObj(reads::ask).toList();
        blocked.open.countDown();

        first.join();
        others.forEach(CompletableFuture::join);
        assertThat(queries.stream().map(Set::size)).containsExactly(1, 10, 5);
    }

    @Test
    void oneKeyOfManyCallersIsAskedForOnce() throws Exception {
        var blocked = new Blocked(this::read);
        var reads = new GroupRead<>(10, 1, blocked);
        var first = reads.ask(0);
        blocked.begun.await();
        var others = IntStream.range(0, 8).mapToObj(_ -> reads.ask(2)).toList();
        blocked.open.countDown();

        first.join();
        assertThat(others).allSatisfy(one -> assertThat(one.join()).contains("#2"));
        assertThat(queries).containsExactly(Set.of(0), Set.of(2));
    }

    /** Who is logged out between two requests must be out at the second. */
    @Test
    void anAnswerIsNeverOlderThanItsQuestion() throws Exception {
        var stored = new ConcurrentHashMap<>(Map.of(1, "before"));
        var blocked = new Blocked(_ -> Map.copyOf(stored));
        var reads = new GroupRead<>(10, 1, blocked);
        var early = reads.ask(1);
        blocked.begun.await();
        stored.put(1, "after");
        var late = reads.ask(1);
        blocked.open.countDown();

        assertThat(early.join()).contains("before");
        assertThat(late.join()).contains("after");
    }

    @Test
    void aQueryThatFailsFailsItsOwnCallersAndNoOthers() {
        var reads =
                new GroupRead<Integer, String>(
                        10,
                        1,
                        keys -> {
                            if (keys.contains(13)) {
                                throw new IllegalStateException("connection lost");
                            }
                            return read(keys);
                        });
        assertThatThrownBy(() -> reads.find(13))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("connection lost");
        assertThat(reads.find(14)).contains("#14");
    }

    /** Has read when it says that it has begun, and answers the first time when it is let. */
    private record Blocked(
            Function<Set<Integer>, Map<Integer, String>> read,
            CountDownLatch begun,
            CountDownLatch open)
            implements Function<Set<Integer>, Map<Integer, String>> {
        Blocked(Function<Set<Integer>, Map<Integer, String>> read) {
            this(read, new CountDownLatch(1), new CountDownLatch(1));
        }

        @Override
        public Map<Integer, String> apply(Set<Integer> keys) {
            var found = read.apply(keys);
            begun.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return found;
        }
    }
}
