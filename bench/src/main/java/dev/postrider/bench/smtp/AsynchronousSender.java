package dev.postrider.bench.smtp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Connections of an event loop, each of which begins the next message when the one before is taken.
 */
final class AsynchronousSender implements Sender {

    private final List<Supplier<CompletableFuture<?>>> connections;
    private final AutoCloseable everything;

    AsynchronousSender(List<Supplier<CompletableFuture<?>>> connections, AutoCloseable everything) {
        this.connections = connections;
        this.everything = everything;
    }

    @Override
    public long send(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        var taken = new AtomicLong();
        var chains = new ArrayList<CompletableFuture<Void>>();
        for (Supplier<CompletableFuture<?>> connection : connections) {
            var chain = new CompletableFuture<Void>();
            next(connection, end, taken, chain);
            chains.add(chain);
        }
        chains.forEach(CompletableFuture::join);
        return taken.get();
    }

    private static void next(
            Supplier<CompletableFuture<?>> connection,
            long end,
            AtomicLong taken,
            CompletableFuture<Void> chain) {
        if (System.nanoTime() >= end) {
            chain.complete(null);
            return;
        }
        CompletableFuture<?> _ =
                connection
                        .get()
                        .whenComplete((answer, failure) -> {
                            if (failure != null) {
                                chain.completeExceptionally(failure);
                            } else {
                                taken.incrementAndGet();
                                next(connection, end, taken, chain);
                            }
                        });
    }

    @Override
    public void close() throws Exception {
        everything.close();
    }
}
