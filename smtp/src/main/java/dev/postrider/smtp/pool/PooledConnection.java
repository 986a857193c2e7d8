package dev.postrider.smtp.pool;

import dev.postrider.smtp.message.Message;
import dev.postrider.smtp.send.Connection;
import dev.postrider.smtp.send.Result;
import dev.postrider.smtp.send.SendOptions;
import dev.postrider.smtp.server.Session;
import java.time.Duration;
import java.util.List;

/** A pool's connection in the hands of one thread, until it is closed. */
public final class PooledConnection implements AutoCloseable {
    private final Pool pool;
    private static final long LEAST_TERM = Duration.ofSeconds(1).toNanos();

    private final Pooled pooled;
    private final long since;
    private boolean closed;

    PooledConnection(Pool pool, Pooled pooled) {
        this.pool = pool;
        this.pooled = pooled;
        this.since = pool.now();
    }

    public Session session() {
        return pooled.connection().session();
    }

    /** Whether more can be sent on it. */
    public boolean isUsable() {
        return !closed && pooled.connection().isUsable();
    }

    /**
     * Whether it should be given back before all is sent: the host allows no more connections, and
     * another mailbox waits for one.
     */
    public boolean isWanted() {
        return pool.now() - since >= LEAST_TERM && pool.isWanted();
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
            throw new IllegalStateException("the connection was given back");
        }
        pooled.countMessages(messages.size());
        return pooled.connection().send(messages, options);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            pool.giveBack(pooled);
        }
    }
}
