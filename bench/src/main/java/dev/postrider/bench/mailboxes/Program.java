package dev.postrider.bench.mailboxes;

import dev.postrider.bench.rig.Client;
import dev.postrider.bench.rig.Memory;
import dev.postrider.bench.rig.Percentiles;
import dev.postrider.bench.rig.ProcessCost;
import dev.postrider.bench.rig.ProgramRig;
import dev.postrider.bench.rig.Requests;
import dev.postrider.bench.rig.SubmissionSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** The program with its mailboxes, {@code m0@example.com} and so on. */
final class Program implements Sender {
    private static final int CLIENTS = 16;
    private static final String TEXT = ("x".repeat(70) + "\n").repeat(25);
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final ProgramRig rig;
    private final Memory heap;
    private final SubmissionSink sink;
    private final String key;
    private final int mailboxes;

    /** Without its mailboxes yet. */
    Program(ProgramRig rig, Memory heap, SubmissionSink sink, int mailboxes)
            throws IOException, InterruptedException {
        this.rig = rig;
        this.heap = heap;
        this.sink = sink;
        this.key = rig.key();
        this.mailboxes = mailboxes;
    }

    @Override
    public String name() {
        return "Postrider";
    }

    /** By its API, as anybody does: their passwords are sealed. */
    void connect(int from, int to) throws IOException, InterruptedException {
        var next = new AtomicInteger(from);
        together(client -> {
            for (var i = next.getAndIncrement(); i < to; i = next.getAndIncrement()) {
                connect(client, i);
            }
        });
    }

    private void connect(Client client, int mailbox) throws IOException {
        var address = address(mailbox);
        var body = Map.of("address", address, "provider", "smtp", "smtp", sink.server(address));
        var status = client.post(Requests.post("/mailboxes", key, body));
        if (status != 201 && status != 200) {
            throw new IOException("a mailbox isn't connected: " + client.answer());
        }
    }

    private static String address(int mailbox) {
        return "m" + mailbox + "@example.com";
    }

    @Override
    public Map<Integer, Long> send(int first, int count, int rate)
            throws IOException, InterruptedException {
        var next = new AtomicInteger();
        var times = new long[count];
        var start = System.nanoTime();
        together(client -> {
            for (var i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                if (rate > 0) {
                    sleepUntil(start + i * 1_000_000_000L / rate);
                }
                times[i] = post(client, first + i, (first + i) % mailboxes);
            }
        });
        var begun = new HashMap<Integer, Long>();
        for (var i = 0; i < count; i++) {
            begun.put(first + i, times[i]);
        }
        return begun;
    }

    private static void sleepUntil(long time) throws InterruptedException {
        var left = time - System.nanoTime();
        if (left > 0) {
            Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
        }
    }

    private long post(Client client, int number, int mailbox) throws IOException {
        var body =
                Map.of(
                        "from",
                        address(mailbox),
                        "to",
                        "n" + number + "@sink.test",
                        "subject",
                        "An invoice",
                        "text",
                        TEXT);
        var request = Requests.post("/emails", key, body);
        var begun = System.nanoTime();
        var status = client.post(request);
        if (status != 200) {
            throw new IOException("not accepted: " + client.answer());
        }
        return begun;
    }

    /** Connects mailboxes, and sends at once through each: how long that took to arrive. */
    Percentiles newcomers(int first, int count) throws IOException, InterruptedException {
        var times = new long[count];
        try (var client = new Client(rig.port())) {
            for (var i = 0; i < count; i++) {
                connect(client, first + i);
                var number = Integer.MAX_VALUE - first - i;
                var begun = post(client, number, first + i);
                times[i] = arrival(number) - begun;
            }
        }
        return Percentiles.of(times);
    }

    private long arrival(int number) throws IOException, InterruptedException {
        var end = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < end) {
            var taken = sink.taken().get(number);
            if (taken != null) {
                return taken;
            }
            Thread.sleep(2);
        }
        throw new IOException("a new mailbox's email doesn't arrive");
    }

    private interface Task {
        void run(Client client) throws IOException, InterruptedException;
    }

    private void together(Task task) throws IOException, InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (var i = 0; i < CLIENTS; i++) {
                running.add(
                        threads.submit(() -> {
                            try (var client = new Client(rig.port())) {
                                task.run(client);
                            }
                            return true;
                        }));
            }
            for (var each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a client has stopped", e.getCause());
        }
    }

    @Override
    public double micros() throws IOException {
        return ProcessCost.micros(rig.pid());
    }

    @Override
    public double databaseMicros() throws IOException {
        return ProcessCost.microsOfTree(rig.databasePid());
    }

    @Override
    public Footprint memory() throws IOException {
        heap.live();
        return new Footprint(heap.live(), ProcessCost.residentMegabytes(rig.pid()));
    }
}
