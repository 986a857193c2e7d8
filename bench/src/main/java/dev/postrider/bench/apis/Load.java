package dev.postrider.bench.apis;

import dev.postrider.bench.rig.Client;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Clients that post emails, by turns of the mailboxes, until it is closed. */
final class Load implements AutoCloseable {
    private static final int CLIENTS = 16;
    private static final long LOOK_NANOS = 500_000;

    private final Scenario scenario;
    private final int port;
    private final List<byte[]> requests;
    private final Counters counters;
    private final AtomicLong next = new AtomicLong();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<Boolean>> clients = new ArrayList<>();
    private final long begun = System.nanoTime();

    /** What was taken before it began. */
    private final long before;

    /** Written by whoever closes it, read by the clients. */
    private volatile boolean stopping;

    private Load(Scenario scenario, int port, List<byte[]> requests, Counters counters) {
        this.scenario = scenario;
        this.port = port;
        this.requests = requests;
        this.counters = counters;
        this.before = counters.taken();
    }

    static Load start(Scenario scenario, int port, List<byte[]> requests, Counters counters) {
        var load = new Load(scenario, port, requests, counters);
        for (var i = 0; i < CLIENTS; i++) {
            load.clients.add(load.threads.submit(load::post));
        }
        return load;
    }

    private boolean post() throws IOException {
        try (var client = new Client(port)) {
            while (!stopping) {
                var number = next.getAndIncrement();
                while (!stopping && !isDue(number)) {
                    LockSupport.parkNanos(LOOK_NANOS);
                }
                if (!stopping) {
                    accept(client, number);
                }
            }
        }
        return true;
    }

    private void accept(Client client, long number) throws IOException {
        var status = client.post(requests.get((int) (number % requests.size())));
        if (status != 200) {
            throw new IOException("not accepted: " + client.answer());
        }
    }

    private boolean isDue(long number) {
        return scenario.perSecond()
                .map(rate -> number < (System.nanoTime() - begun) / 1e9 * rate)
                .orElseGet(() -> number - (counters.taken() - before) < scenario.waiting());
    }

    /**
     * Goes on for a while.
     *
     * @throws IOException when a client has stopped
     */
    void go(long nanos) throws IOException, InterruptedException {
        Thread.sleep(Duration.ofNanos(nanos));
        for (var client : clients) {
            if (client.isDone()) {
                try {
                    var _ = client.get();
                } catch (ExecutionException e) {
                    throw new IOException("a client has stopped", e.getCause());
                }
            }
        }
    }

    @Override
    public void close() {
        stopping = true;
        threads.close();
    }
}
