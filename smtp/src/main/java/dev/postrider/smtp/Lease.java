package dev.postrider.smtp;

import java.util.List;

/** A pool's connection in the hands of one thread, until it is closed. */
public final class Lease implements AutoCloseable {
    private final Pool pool;
    private final Pooled pooled;
    private boolean closed;

    Lease(Pool pool, Pooled pooled) {
        this.pool = pool;
        this.pooled = pooled;
    }

    public Session session() {
        return pooled.connection().session();
    }

    /** Whether more can be sent on it. */
    public boolean isUsable() {
        return !closed && pooled.connection().isUsable();
    }

    /** How many messages the connection has been given so far. */
    public int messages() {
        return pooled.messages();
    }

    public Result send(Message message) {
        return send(List.of(message), SendOptions.STANDARD).getFirst();
    }

    /** As {@link Connection#send(List, SendOptions)}. */
    public List<Result> send(List<Message> messages, SendOptions options) {
        if (closed) {
            throw new IllegalStateException("the lease was given back");
        }
        pooled.countMessages(messages.size());
        return pooled.connection().send(messages, options);
    }

    /** Gives the connection back. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            pool.giveBack(pooled);
        }
    }
}
