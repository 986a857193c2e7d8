package dev.postrider.lab.crash;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** A mail server that writes down what it takes, is a little slow, and can't be relied upon. */
final class NaughtySink implements AutoCloseable {
    private static final List<Mischief> KINDS = List.of(Mischief.values());
    private static final int USUAL_MILLIS = 30;

    private final ServerSocket listener;
    private final RandomGenerator random;
    private final Received received = new Received();
    private final Map<Mischief, AtomicInteger> done = new ConcurrentHashMap<>();

    /** Of a thousand messages so many meet mischief. Written by the lab, read by sessions. */
    private volatile int perThousand;

    private volatile int slowestMillis = USUAL_MILLIS;

    private NaughtySink(ServerSocket listener, RandomGenerator random) {
        this.listener = listener;
        this.random = random;
    }

    static NaughtySink start(RandomGenerator random) throws IOException {
        var listener = new ServerSocket(0, 200, InetAddress.ofLiteral("127.0.0.1"));
        var sink = new NaughtySink(listener, random);
        Thread.ofVirtual().start(sink::accept);
        return sink;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var socket = listener.accept();
                Thread.ofVirtual().start(() -> talk(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            new SinkConversation(socket, this).run();
        } catch (IOException _) {
            // A node was killed, or the lab is over.
            return;
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    Received received() {
        return received;
    }

    void misbehavePerThousand(int messages) {
        perThousand = messages;
    }

    /** Slower, so that much is under way, or as usual. */
    void slowDown(boolean isSlow) {
        slowestMillis = isSlow ? 10 * USUAL_MILLIS : USUAL_MILLIS;
    }

    /** How often each kind of mischief was done. */
    Map<Mischief, AtomicInteger> done() {
        return new TreeMap<>(done);
    }

    /** What is done to the next message. */
    Optional<Mischief> next() {
        if (nextInt(1_000) >= perThousand) {
            return Optional.empty();
        }
        var kind = KINDS.get(nextInt(KINDS.size()));
        done.computeIfAbsent(kind, _ -> new AtomicInteger()).incrementAndGet();
        return Optional.of(kind);
    }

    /** So that kills find messages under way. */
    void beSlow() throws IOException {
        try {
            Thread.sleep(nextInt(slowestMillis));
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private synchronized int nextInt(int bound) {
        return random.nextInt(bound);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
