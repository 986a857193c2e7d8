package dev.postrider.smtp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The connections of one mailbox, shared by any number of threads. */
public final class Pool implements AutoCloseable {
    private final Connector connector;
    private final Server server;
    private final Credentials credentials;
    private final PoolLimits limits;
    private final LongSupplier clock;

    /** Guards everything below. Never held while the network is waited for. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Reconnecting reconnecting;

    /** The longest idle first. */
    private final ArrayDeque<Pooled> idle = new ArrayDeque<>();

    private final Set<Pooled> leased = new HashSet<>();
    private int opening;
    private boolean sweepAwaited;
    private boolean closed;

    public Pool(Connector connector, Server server, Credentials credentials, PoolLimits limits) {
        this(connector, server, credentials, limits, System::nanoTime);
    }

    /**
     * With a clock of its own.
     *
     * @param clock in nanoseconds, from any origin
     */
    Pool(
            Connector connector,
            Server server,
            Credentials credentials,
            PoolLimits limits,
            LongSupplier clock) {
        this.connector = connector;
        this.server = server;
        this.credentials = credentials;
        this.limits = limits;
        this.clock = clock;
        this.reconnecting = new Reconnecting(limits);
    }

    /** What a borrower does next. */
    private sealed interface Step {
        record Reuse(Pooled pooled) implements Step {}

        record OpenAnother() implements Step {}

        record Answer(Borrowing borrowing) implements Step {}
    }

    /**
     * Gets a connection that works: an idle one, or a new one within the limits, or whichever comes
     * back first.
     *
     * @param wait how long to wait for another thread's connection; connecting itself is bounded by
     *     the server's timeouts
     */
    public Borrowing borrow(Duration wait) {
        long waitEnds = clock.getAsLong() + wait.toNanos();
        while (true) {
            switch (nextStep(waitEnds)) {
                case Step.Reuse reuse -> {
                    if (isFit(reuse.pooled())) {
                        return new Borrowing.Borrowed(new Lease(this, reuse.pooled()));
                    }
                    drop(reuse.pooled());
                }
                case Step.OpenAnother _ -> {
                    return open();
                }
                case Step.Answer answer -> {
                    return answer.borrowing();
                }
            }
        }
    }

    private Step nextStep(long waitEnds) {
        lock.lock();
        try {
            while (true) {
                if (closed) {
                    return new Step.Answer(new Borrowing.Closed());
                }
                Pooled resting = idle.pollLast();
                if (resting != null) {
                    leased.add(resting);
                    return new Step.Reuse(resting);
                }
                Opening.Failed failure = reconnecting.stillFailed(clock.getAsLong());
                if (failure != null && leased.isEmpty()) {
                    return new Step.Answer(new Borrowing.Failed(failure));
                }
                boolean room = leased.size() + opening < limits.connections();
                if (failure == null && room && reconnecting.mayTry()) {
                    reconnecting.trying();
                    opening++;
                    return new Step.OpenAnother();
                }
                if (!await(waitEnds)) {
                    return new Step.Answer(new Borrowing.Busy());
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

    private Borrowing open() {
        Opening result = null;
        try {
            result = connector.open(server, credentials);
        } finally {
            if (result == null) {
                // The resolver or the token's supplier threw.
                opened(null, reconnecting::canceled);
            }
        }
        return switch (result) {
            case Opening.Open open -> {
                var pooled = new Pooled(open.connection(), clock.getAsLong());
                opened(pooled, reconnecting::succeeded);
                yield new Borrowing.Borrowed(new Lease(this, pooled));
            }
            case Opening.Unreachable canceled when canceled.trouble() == Trouble.CANCELED -> {
                opened(null, reconnecting::canceled);
                yield new Borrowing.Failed(canceled);
            }
            case Opening.Failed failed -> {
                opened(null, () -> reconnecting.failed(failed, clock.getAsLong()));
                yield new Borrowing.Failed(failed);
            }
        };
    }

    private void opened(@Nullable Pooled pooled, Runnable verdict) {
        lock.lock();
        try {
            opening--;
            verdict.run();
            if (pooled != null) {
                leased.add(pooled);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Checks what has rested, outside the lock. */
    private boolean isFit(Pooled pooled) {
        long now = clock.getAsLong();
        if (pooled.isWorn(limits, now) || pooled.idleTime(now) >= limits.idle().toNanos()) {
            return false;
        }
        return pooled.idleTime(now) < limits.checkAfter().toNanos()
                || pooled.connection().isAlive();
    }

    void giveBack(Pooled pooled) {
        long now = clock.getAsLong();
        lock.lock();
        try {
            if (!closed && !pooled.isWorn(limits, now)) {
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
            lock.lock();
            try {
                leased.remove(pooled);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        });
    }

    private void awaitSweep() {
        if (!sweepAwaited) {
            sweepAwaited = true;
            Watchdog.later(limits.idle(), this::sweep);
        }
    }

    /** Ends what has rested for too long. */
    void sweep() {
        long now = clock.getAsLong();
        lock.lock();
        try {
            sweepAwaited = false;
            while (!idle.isEmpty() && idle.element().idleTime(now) >= limits.idle().toNanos()) {
                Pooled pooled = idle.remove();
                leased.add(pooled);
                drop(pooled);
            }
            if (!idle.isEmpty()) {
                awaitSweep();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends what is idle at once and waits for the rest as long as {@code grace}; what is left then
     * is cut.
     */
    public void close(Duration grace) {
        long graceEnds = clock.getAsLong() + grace.toNanos();
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            leased.addAll(idle);
            List.copyOf(idle).forEach(this::drop);
            idle.clear();
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
