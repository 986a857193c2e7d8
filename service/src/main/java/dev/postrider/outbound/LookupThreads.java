package dev.postrider.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A few platform threads for look-ups, which block in native code, where a virtual thread would
 * keep its carrier. Look-ups beyond them queue, so names that answer slowly cost no thread each;
 * and names of one domain get a quarter of them, so its name servers keep nobody else's names
 * waiting. Safe for concurrent use.
 */
final class LookupThreads {
    private static final int QUEUE = 1_000;

    /** More than there are threads, so that domains seldom share. */
    private static final int SHARES = 128;

    private final ThreadPoolExecutor threads;

    /** Nobody can choose a domain that shares with another's. */
    private final UUID salt = UUID.randomUUID();

    private final List<Semaphore> shares;

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
        this.shares = Stream.generate(() -> new Semaphore(most / 4, true)).limit(SHARES).toList();
    }

    /**
     * Makes a look-up; one that overstays is left to end by itself, one that waits isn't begun.
     *
     * @param name what is looked up
     * @return empty when it failed, or there was no answer in time
     */
    <T> Optional<T> ask(String name, Callable<T> look, Duration patience)
            throws InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        var share = share(name);
        if (!share.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return Optional.empty();
        }
        var question = new FutureTask<>(look);
        Runnable turn =
                () -> {
                    try {
                        question.run();
                    } finally {
                        share.release();
                    }
                };
        try {
            threads.execute(turn);
            return Optional.of(question.get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException _) {
            share.release();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException _) {
            return Optional.empty();
        } finally {
            if (question.cancel(true) && threads.remove(turn)) {
                share.release();
            }
        }
    }

    /** Whoever has a domain has as many names below it as they like. */
    private Semaphore share(String name) {
        var labels = List.of(name.toLowerCase(Locale.ROOT).split("\\.", -1));
        var domain = labels.subList(Math.max(0, labels.size() - 2), labels.size());
        var salted = UUID.nameUUIDFromBytes((salt + " " + domain).getBytes(UTF_8));
        return shares.get(Math.floorMod(salted.hashCode(), SHARES));
    }
}
