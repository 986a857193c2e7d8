package dev.postrider.outbound.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LookupThreadsTest {
    private static final Duration SOON = Duration.ofSeconds(1);

    @Test
    void aThousandSlowNamesCostAFewThreads() throws Exception {
        var threads = new LookupThreads(4);
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var begun = new Semaphore(0);
        var answer = new CountDownLatch(1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Future<Boolean>>();
            for (var i = 0; i < 1_000; i++) {
                var name = "mx.n" + i + ".example";
                asked.add(
                        callers.submit(() ->
                                threads.ask(
                                                UUID.randomUUID(),
                                                name,
                                                () -> {
                                                    most.accumulateAndGet(
                                                            running.incrementAndGet(), Math::max);
                                                    begun.release();
                                                    try {
                                                        answer.await();
                                                    } finally {
                                                        running.decrementAndGet();
                                                    }
                                                    return true;
                                                },
                                                Duration.ofMillis(300))
                                        .isPresent()));
            }
            begun.acquire(4);
            for (var each : asked) {
                assertThat(each.get()).isFalse();
            }
        }
        assertThat(most).hasValueLessThanOrEqualTo(4);
        answer.countDown();
        assertThat(threads.ask(UUID.randomUUID(), "mx.example", () -> true, Duration.ofSeconds(20)))
                .contains(true);
    }

    /** Whoever asks for them has gone, but each keeps its thread until the resolver gives up. */
    @Test
    void aDomainThatNeverAnswersLeavesThreadsToOthers() throws Exception {
        var threads = new LookupThreads(16);
        var answer = new CountDownLatch(1);
        var workspaces = Stream.generate(UUID::randomUUID).limit(100).toList();
        askInVain(threads, i -> workspaces.get(i), i -> "n" + i + ".slow.example", answer);
        assertThat(threads.ask(workspaces.getFirst(), "quick.example", () -> true, SOON))
                .contains(true);
        answer.countDown();
    }

    @Test
    void aWorkspaceWhoseNamesNeverAnswerLeavesThreadsToOthers() throws Exception {
        var threads = new LookupThreads(16);
        var answer = new CountDownLatch(1);
        var hostile = UUID.randomUUID();
        askInVain(threads, _ -> hostile, i -> "slow" + i + ".example", answer);
        assertThat(threads.ask(hostile, "quick.example", () -> true, Duration.ZERO)).isEmpty();
        assertThat(threads.ask(UUID.randomUUID(), "quick.example", () -> true, SOON))
                .contains(true);
        answer.countDown();
    }

    /** Of its names under one domain only some keep its other names waiting. */
    @Test
    void aDomainThatNeverAnswersLeavesItsWorkspaceOthers() throws Exception {
        var threads = new LookupThreads(16);
        var answer = new CountDownLatch(1);
        var workspace = UUID.randomUUID();
        askInVain(threads, _ -> workspace, i -> "n" + i + ".slow.example", answer);
        assertThat(threads.ask(workspace, "quick.example", () -> true, SOON)).contains(true);
        answer.countDown();
    }

    private static void askInVain(
            LookupThreads threads,
            IntFunction<UUID> workspace,
            IntFunction<String> name,
            CountDownLatch answer) {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 100; i++) {
                var caller = workspace.apply(i);
                var asked = name.apply(i);
                var _ =
                        callers.submit(() ->
                                threads.ask(
                                        caller,
                                        asked,
                                        () -> {
                                            awaitUninterruptibly(answer);
                                            return true;
                                        },
                                        Duration.ofMillis(100)));
            }
        }
    }

    /** As native code does. */
    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
