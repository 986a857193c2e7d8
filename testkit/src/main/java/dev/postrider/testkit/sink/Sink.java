package dev.postrider.testkit.sink;

import dev.postrider.testkit.wire.LoopbackListener;
import java.util.concurrent.atomic.AtomicLong;

/** Takes mail as fast as it comes. */
public final class Sink implements AutoCloseable {
    private final LoopbackListener listener;
    private final AtomicLong connections;
    private final AtomicLong standing;
    private final AtomicLong messages;

    private Sink(
            LoopbackListener listener,
            AtomicLong connections,
            AtomicLong standing,
            AtomicLong messages) {
        this.listener = listener;
        this.standing = standing;
        this.connections = connections;
        this.messages = messages;
    }

    public static Sink start(SinkOptions options) {
        var connections = new AtomicLong();
        var messages = new AtomicLong();
        var standing = new AtomicLong();
        var listener =
                LoopbackListener.start(socket -> {
                    try {
                        new SinkSession(
                                        socket,
                                        options,
                                        connections.incrementAndGet(),
                                        standing.incrementAndGet(),
                                        messages)
                                .run();
                    } finally {
                        standing.decrementAndGet();
                    }
                });
        return new Sink(listener, connections, standing, messages);
    }

    public int port() {
        return listener.port();
    }

    /** How many messages were taken. */
    public long messages() {
        return messages.get();
    }

    /** How many connections there were in all. */
    public long connections() {
        return connections.get();
    }

    /** How many connections there are now. */
    public long standing() {
        return standing.get();
    }

    /** Cuts all open connections, whatever they are at, and goes on listening. */
    public void cutConnections() {
        listener.cutAll();
    }

    @Override
    public void close() {
        listener.close();
    }
}
