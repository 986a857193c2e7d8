package dev.postrider.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Several looks side by side, for so long and no longer, whatever they hang in: a look-up by the
 * system or a file on a network can't be interrupted, so nobody waits for the thread of it.
 */
final class AtOnce {
    private AtOnce() {}

    /**
     * What each has found, in their order; empty for one that took too long.
     *
     * @throws ExecutionException when one has failed
     */
    static <T> List<Optional<T>> look(Duration patience, List<? extends Callable<T>> looks)
            throws InterruptedException, ExecutionException {
        var threads =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofPlatform().daemon().name("doctor-", 0).factory());
        var all = threads.invokeAll(looks, patience.toMillis(), TimeUnit.MILLISECONDS);
        threads.shutdownNow();
        var found = new ArrayList<Optional<T>>();
        for (var each : all) {
            try {
                found.add(Optional.of(each.get()));
            } catch (CancellationException _) {
                found.add(Optional.empty());
            }
        }
        return found;
    }

    /** One look alone. */
    static <T> Optional<T> look(Duration patience, Callable<T> one)
            throws InterruptedException, ExecutionException {
        return look(patience, List.of(one)).getFirst();
    }
}
