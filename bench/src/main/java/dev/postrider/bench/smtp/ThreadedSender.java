package dev.postrider.bench.smtp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/** Blocking connections, one thread each. */
final class ThreadedSender<C extends AutoCloseable> implements Sender {

    /** Sends some messages over a connection and returns how many were taken. */
    @FunctionalInterface
    interface Burst<C> {
        int send(C connection) throws Exception;
    }

    private final List<C> connections;
    private final Burst<C> burst;
    private final ExecutorService threads;

    ThreadedSender(List<C> connections, Burst<C> burst, ThreadFactory threads) {
        this.connections = connections;
        this.burst = burst;
        this.threads = Executors.newThreadPerTaskExecutor(threads);
    }

    @Override
    public long send(Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        var tasks = new ArrayList<Callable<Long>>();
        for (C connection : connections) {
            tasks.add(() -> sendUntil(end, connection));
        }
        long taken = 0;
        for (Future<Long> task : threads.invokeAll(tasks)) {
            taken += task.get();
        }
        return taken;
    }

    private long sendUntil(long end, C connection) throws Exception {
        long taken = 0;
        while (System.nanoTime() < end) {
            taken += burst.send(connection);
        }
        return taken;
    }

    @Override
    public void close() throws Exception {
        threads.close();
        for (C connection : connections) {
            connection.close();
        }
    }
}
