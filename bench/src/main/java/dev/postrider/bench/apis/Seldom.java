package dev.postrider.bench.apis;

import dev.postrider.bench.rig.Client;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** One email after another, each by another mailbox: how long until the server has taken it. */
final class Seldom {
    private static final long LOOK_NANOS = 100_000;
    private static final long MOST_NANOS = 30_000_000_000L;

    private final List<byte[]> requests;
    private final Counters counters;
    private int number;

    Seldom(List<byte[]> requests, Counters counters) {
        this.requests = requests;
        this.counters = counters;
    }

    /** Nanoseconds from each request to the server's having it. */
    List<Long> run(int port, Duration time) throws IOException {
        var times = new ArrayList<Long>();
        try (var client = new Client(port)) {
            var end = System.nanoTime() + time.toNanos();
            for (var begun = System.nanoTime(); begun < end; begun = System.nanoTime()) {
                var before = counters.taken();
                if (client.post(requests.get(number++ % requests.size())) != 200) {
                    throw new IOException("not accepted: " + client.answer());
                }
                while (counters.taken() == before) {
                    if (System.nanoTime() - begun > MOST_NANOS) {
                        throw new IOException("an email doesn't arrive");
                    }
                    LockSupport.parkNanos(LOOK_NANOS);
                }
                times.add(System.nanoTime() - begun);
            }
        }
        return times;
    }
}
