package dev.postrider.bench.emails;

import dev.postrider.bench.rig.Client;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** Clients that post one request after another, each with a connection and a thread. */
final class Load {
    private final int port;
    private final byte[] request;
    private final int clients;

    Load(int port, byte[] request, int clients) {
        this.port = port;
        this.request = request;
        this.clients = clients;
    }

    /** Posts for a while; how long each request took, in nanoseconds, ascending. */
    List<Long> run(long nanos) throws IOException, InterruptedException {
        var end = System.nanoTime() + nanos;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<long[]>>();
            for (var i = 0; i < clients; i++) {
                running.add(threads.submit(() -> post(end)));
            }
            var all = LongStream.empty();
            for (var each : running) {
                all = LongStream.concat(all, Arrays.stream(each.get()));
            }
            return all.sorted().boxed().toList();
        } catch (ExecutionException e) {
            throw new IOException("a client has stopped", e.getCause());
        }
    }

    private long[] post(long end) throws IOException {
        var times = LongStream.builder();
        try (var client = new Client(port)) {
            for (var begun = System.nanoTime(); begun < end; begun = System.nanoTime()) {
                var status = client.post(request);
                if (status != 200) {
                    throw new IOException("not accepted: " + status);
                }
                times.add(System.nanoTime() - begun);
            }
        }
        return times.build().toArray();
    }
}
