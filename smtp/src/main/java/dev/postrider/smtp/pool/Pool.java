package dev.postrider.smtp.pool;

import dev.postrider.smtp.connect.Connector;
import dev.postrider.smtp.connect.Opening;
import dev.postrider.smtp.login.Credentials;
import dev.postrider.smtp.pool.OpenWithinLimits.Attempt;
import dev.postrider.smtp.server.Server;
import dev.postrider.smtp.wire.Watchdog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The connections of one mailbox, shared by any number of threads. */
public final class Pool implements AutoCloseable {
    private final OpenWithinLimits opener;
    private final Server server;
    private final PoolLimits limits;
    private final HostLimits hosts;
    private final Runnable yield = this::dropIdle;
    private final LongSupplier clock;

    /** Guards everything below. Never held while the network is waited for. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Reconnecting reconnecting;
    private final AllowedConnections allowed;

    /** The longest idle first. */
    private final ArrayDeque<Pooled> idle = new ArrayDeque<>();

    private final Set<Pooled> leased = new HashSet<>();
    private int opening;
    private boolean sweepAwaited;
    private boolean closed;

    /** Empty at first; {@code hosts} is shared by the pools of all mailboxes. */
    public Pool(
            Connector connector,
            Server server,
            Credentials credentials,
            PoolLimits limits,
            HostLimits hosts) {
        this.opener = new OpenWithinLimits(connector, server, credentials, hosts);
        this.server = server;
        this.limits = limits;
        this.hosts = hosts;
        this.clock = hosts.clock();
        this.allowed = new AllowedConnections(limits.connections());
        this.reconnecting = new Reconnecting();
        hosts.join(server, yield);
    }

    /**
     * Gets a connection that works: an idle one, or a new one within the limits, or whichever comes
     * back first. A server that refuses one connection while others of this pool stand has refused
     * nothing else: fewer are used.
     *
     * @param wait how long to wait for another thread's connection; connecting itself is bounded by
     *     the server's timeouts
     */
    public Borrowing borrow(Duration wait) {
        long waitEnds = clock.getAsLong() + wait.toNanos();
        while (true) {
            Borrowing answer = nextStep(waitEnds).get();
            if (answer != null) {
                return answer;
            }
        }
    }

    /**
     * What a borrower does next, outside the lock; null when there is no answer yet: look again.
     */
    private Supplier<@Nullable Borrowing> nextStep(long waitEnds) {
        lock.lock();
        try {
            while (true) {
                if (closed) {
                    return Borrowing.Closed::new;
                }
                Pooled resting = idle.pollLast();
                if (resting != null) {
                    leased.add(resting);
                    return () -> reuse(resting);
                }
                Opening.Failed failure = reconnecting.stillFailed(clock.getAsLong());
                if (failure != null && leased.isEmpty()) {
                    return () -> new Borrowing.Failed(failure);
                }
                boolean room = leased.size() + opening < allowed.at(clock.getAsLong());
                if (failure == null && room && reconnecting.mayTry()) {
                    reconnecting.trying();
                    opening++;
                    return () -> open(waitEnds);
                }
                if (!await(waitEnds)) {
                    return Borrowing.Busy::new;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns false when the time is over. Both callers loop. */
    @SuppressWarnings("WaitNotInLoop")
    private boolean await(long waitEnds) {
        long left = waitEnds - clock.getAsLong();
        try {
            return left > 0 && changed.await(left, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private @Nullable Borrowing reuse(Pooled resting) {
        if (resting.isFit(limits, clock.getAsLong())) {
            return new Borrowing.Borrowed(new PooledConnection(this, resting));
        }
        drop(resting);
        return null;
    }

    private @Nullable Borrowing open(long waitEnds) {
        Attempt attempt = null;
        try {
            attempt = opener.attempt(hasOthers() ? 0 : waitEnds - clock.getAsLong());
        } finally {
            if (attempt == null) {
                // The resolver or the token's supplier threw.
                opened(reconnecting::canceled);
            }
        }
        return switch (attempt) {
            case Attempt.Opened(var connection) -> {
                var pooled = new Pooled(connection, clock.getAsLong());
                opened(() -> {
                    reconnecting.succeeded();
                    leased.add(pooled);
                });
                yield new Borrowing.Borrowed(new PooledConnection(this, pooled));
            }
            case Attempt.NoRoom _ -> refused(new Borrowing.Busy(), reconnecting::canceled);
            case Attempt.Canceled(var failed) -> {
                opened(reconnecting::canceled);
                yield new Borrowing.Failed(failed);
            }
            case Attempt.HostFull _ -> refused(null, reconnecting::canceled);
            case Attempt.Failed(var failed) ->
                    refused(
                            new Borrowing.Failed(failed),
                            () -> reconnecting.failed(failed, clock.getAsLong()));
        };
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    private boolean hasOthers() {
        lock.lock();
        try {
            return !leased.isEmpty() || !idle.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Where others stand, these will do; otherwise this is the answer. */
    private @Nullable Borrowing refused(@Nullable Borrowing alone, Runnable verdict) {
        boolean others = hasOthers();
        opened(others ? this::useFewer : verdict);
        return others ? null : alone;
    }

    private void useFewer() {
        reconnecting.canceled();
        allowed.refusedBeside(leased.size() + idle.size(), clock.getAsLong());
    }

    private void opened(Runnable verdict) {
        locked(() -> {
            opening--;
            verdict.run();
            changed.signalAll();
        });
    }

    void giveBack(Pooled pooled) {
        long now = clock.getAsLong();
        boolean wanted = isWanted();
        lock.lock();
        try {
            if (!closed && !wanted && !pooled.isWorn(limits, now)) {
                leased.remove(pooled);
                pooled.restsSince(now);
                idle.addLast(pooled);
                awaitSweep();
                changed.signal();
                return;
            }
        } finally {
            lock.unlock();
        }
        drop(pooled);
    }

    /** Ends a leased connection; its place is free once the server has heard of it. */
    private void drop(Pooled pooled) {
        Thread.startVirtualThread(() -> {
            pooled.connection().close();
            hosts.closed(server);
            locked(() -> {
                leased.remove(pooled);
                changed.signalAll();
            });
        });
    }

    /** Another pool waits for room on the host. */
    private void dropIdle() {
        locked(() -> {
            leased.addAll(idle);
            List.copyOf(idle).forEach(this::drop);
            idle.clear();
        });
    }

    boolean isWanted() {
        return hosts.isContended(server);
    }

    long now() {
        return clock.getAsLong();
    }

    private void awaitSweep() {
        if (!sweepAwaited) {
            sweepAwaited = true;
            Watchdog.later(limits.idle(), this::sweep);
        }
    }

    /**
     * The credentials give something else from now on (another access token): that the server has
     * refused what they gave before keeps nobody from trying at once.
     */
    public void credentialsRenewed() {
        locked(() -> {
            reconnecting.forget();
            changed.signalAll();
        });
    }

    /** Ends what has rested for too long. */
    void sweep() {
        long now = clock.getAsLong();
        locked(() -> {
            sweepAwaited = false;
            while (!idle.isEmpty() && idle.element().isOverdue(limits, now)) {
                Pooled pooled = idle.remove();
                leased.add(pooled);
                drop(pooled);
            }
            if (!idle.isEmpty()) {
                awaitSweep();
            }
        });
    }

    /**
     * Ends what is idle at once and waits for the rest as long as {@code grace}; what is left then
     * is cut.
     */
    public void close(Duration grace) {
        long graceEnds = clock.getAsLong() + grace.toNanos();
        hosts.leave(server, yield);
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            dropIdle();
            boolean inTime = true;
            while (inTime && (!leased.isEmpty() || opening > 0)) {
                inTime = await(graceEnds);
            }
            leased.forEach(pooled -> pooled.connection().cut());
        } finally {
            lock.unlock();
        }
    }

    /** With ten seconds of grace. */
    @Override
    public void close() {
        close(Duration.ofSeconds(10));
    }
}
