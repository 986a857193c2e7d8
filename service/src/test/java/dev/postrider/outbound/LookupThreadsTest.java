package dev.postrider.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LookupThreadsTest {
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
        assertThat(threads.ask("mx.example", () -> true, Duration.ofSeconds(20))).contains(true);
    }

    /**
     * Whoever asks for them has gone, but each keeps its thread until the resolver gives up. The
     * domains have one hash in Java, as somebody might choose them.
     */
    @Test
    void aDomainThatNeverAnswersLeavesThreadsToOthers() throws Exception {
        var threads = new LookupThreads(8);
        var answer = new CountDownLatch(1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 100; i++) {
                var name = "n" + i + ".anan.example";
                var _ =
                        callers.submit(() ->
                                threads.ask(
                                        name,
                                        () -> {
                                            awaitUninterruptibly(answer);
                                            return true;
                                        },
                                        Duration.ofMillis(100)));
            }
        }
        var others = new ArrayList<Optional<Boolean>>();
        for (var domain : List.of("anc0.example", "c0an.example", "c0c0.example")) {
            others.add(threads.ask(domain, () -> true, Duration.ofSeconds(5)));
        }
        assertThat(others).as("by chance one may share").contains(Optional.of(true));
        answer.countDown();
    }

    /** As native code does. */
    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
