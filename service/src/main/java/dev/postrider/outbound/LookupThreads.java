package dev.postrider.outbound;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A few platform threads for look-ups, which block in native code, where a virtual thread would
 * keep its carrier. Look-ups beyond them queue, so names that answer slowly cost no thread each.
 * Safe for concurrent use.
 */
final class LookupThreads {
    private static final int QUEUE = 1_000;

    private final ThreadPoolExecutor threads;

    /**
     * @param most how many look-ups run at once
     */
    LookupThreads(int most) {
        this.threads =
                new ThreadPoolExecutor(
                        most,
                        most,
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(QUEUE),
                        Thread.ofPlatform().daemon().name("look-up-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Makes a look-up; one that overstays is left to end by itself, one that waits isn't begun.
     *
     * @return empty when it failed, or there was no answer in time
     */
    <T> Optional<T> ask(Callable<T> look, Duration patience) throws InterruptedException {
        var question = new FutureTask<>(look);
        try {
            threads.execute(question);
            return Optional.of(question.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException | ExecutionException | TimeoutException _) {
            return Optional.empty();
        } finally {
            if (question.cancel(true)) {
                threads.remove(question);
            }
        }
    }
}
