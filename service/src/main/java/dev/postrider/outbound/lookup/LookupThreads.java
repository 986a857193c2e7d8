package dev.postrider.outbound.lookup;

import dev.postrider.machine.KeyedPermits;
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
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A few platform threads for look-ups, which block in native code, where a virtual thread would
 * keep its carrier. Look-ups beyond them queue, so names that answer slowly cost no thread each. A
 * workspace gets a quarter of them, so its slow names keep nobody else's waiting; of those a domain
 * gets a quarter, and an eighth of all whoever asks, so its name servers keep no other names
 * waiting. Safe for concurrent use.
 */
final class LookupThreads {
    private static final int QUEUE = 1_000;

    private final int most;
    private final ThreadPoolExecutor threads;
    private final KeyedPermits<Object> shares = new KeyedPermits<>();

    /**
     * @param most how many look-ups run at once
     */
    LookupThreads(int most) {
        this.most = most;
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
     * What a look-up holds a permit of, the narrowest first: who waits for it holds up no other.
     */
    private record Share(Object of, int size) {}

    private List<Share> shares(UUID workspace, String name) {
        var domain = domain(name);
        return List.of(
                new Share(List.of(workspace, domain), Math.max(1, most / 16)),
                new Share(domain, Math.max(1, most / 8)),
                new Share(workspace, Math.max(1, most / 4)));
    }

    /** Whoever has a domain has as many names below it as they like. */
    private static List<String> domain(String name) {
        var labels = List.of(name.toLowerCase(Locale.ROOT).split("\\.", -1));
        return labels.subList(Math.max(0, labels.size() - 2), labels.size());
    }

    /**
     * Makes a look-up; one that overstays is left to end by itself, one that waits isn't begun.
     *
     * @param workspace on whose word
     * @param name what is looked up
     * @return empty when it failed, or there was no answer in time
     */
    <T> Optional<T> ask(UUID workspace, String name, Callable<T> look, Duration patience)
            throws InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        var held = shares(workspace, name);
        if (!take(held, end)) {
            return Optional.empty();
        }
        var question = new FutureTask<>(look);
        Runnable turn =
                () -> {
                    try {
                        question.run();
                    } finally {
                        giveBack(held);
                    }
                };
        try {
            threads.execute(turn);
            return Optional.of(question.get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException _) {
            giveBack(held);
            return Optional.empty();
        } catch (ExecutionException | TimeoutException _) {
            return Optional.empty();
        } finally {
            if (question.cancel(true) && threads.remove(turn)) {
                giveBack(held);
            }
        }
    }

    private boolean take(List<Share> wanted, long end) throws InterruptedException {
        var taken = 0;
        try {
            for (var share : wanted) {
                var left = Duration.ofNanos(end - System.nanoTime());
                if (!shares.tryAcquire(share.of(), share.size(), left)) {
                    return false;
                }
                taken++;
            }
            return true;
        } finally {
            if (taken < wanted.size()) {
                giveBack(wanted.subList(0, taken));
            }
        }
    }

    private void giveBack(List<Share> held) {
        held.forEach(share -> shares.release(share.of()));
    }
}
