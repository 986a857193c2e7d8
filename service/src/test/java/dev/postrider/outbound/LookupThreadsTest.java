package dev.postrider.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
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
                asked.add(
                        callers.submit(() ->
                                threads.ask(
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
        assertThat(threads.ask(() -> true, Duration.ofSeconds(20))).contains(true);
    }
}
