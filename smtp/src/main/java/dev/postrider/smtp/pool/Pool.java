package dev.postrider.smtp.pool;

import dev.postrider.smtp.connect.Connector;
import dev.postrider.smtp.connect.Opening;
import dev.postrider.smtp.login.Credentials;
import dev.postrider.smtp.server.Server;
import dev.postrider.smtp.wire.Trouble;
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
import org.jspecify.annotations.Nullable;

/** The connections of one mailbox, shared by any number of threads. */
public final class Pool implements AutoCloseable {
    /** After a refusal, how long until one more connection is tried. */
    private static final Duration GROWS_AFTER = Duration.ofMinutes(1);

    private final Connector connector;
    private final Server server;
    private final Credentials credentials;
    private final PoolLimits limits;
    private final HostLimits hosts;
    private final Runnable yield = this::dropIdle;
    private final LongSupplier clock;

    /** Guards everything below. Never held while the network is waited for. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Reconnecting reconnecting;

    /** The longest idle first. */
    private final ArrayDeque<Pooled> idle = new ArrayDeque<>();

    private final Set<Pooled> leased = new HashSet<>();
    private int opening;

    /** Fewer than the limit once the server has refused one. */
    private int allowed;

    private long growsAt;
    private boolean sweepAwaited;
    private boolean closed;

    /**
     * Empty at first.
     *
     * @param hosts shared by the pools of all mailboxes
     */
    public Pool(
            Connector connector,
            Server server,
            Credentials credentials,
            PoolLimits limits,
            HostLimits hosts) {
        this(connector, server, credentials, limits, hosts, System::nanoTime);
    }

    /**
     * With a clock of its own.
     *
     * @param clock in nanoseconds, from any origin
     */
    public Pool(
            Connector connector,
            Server server,
            Credentials credentials,
            PoolLimits limits,
            HostLimits hosts,
            LongSupplier clock) {
        this.connector = connector;
        this.server = server;
        this.credentials = credentials;
        this.limits = limits;
        this.hosts = hosts;
        this.clock = clock;
        this.allowed = limits.connections();
        this.reconnecting = new Reconnecting(limits);
        hosts.join(server, yield);
    }

    /** What a borrower does next. */
    private sealed interface Step {
        record Reuse(Pooled pooled) implements Step {}

        record OpenAnother() implements Step {}

        record Answer(Borrowing borrowing) implements Step {}
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
            switch (nextStep(waitEnds)) {
                case Step.Reuse reuse -> {
                    if (isFit(reuse.pooled())) {
                        return new Borrowing.Borrowed(new PooledConnection(this, reuse.pooled()));
                    }
                    drop(reuse.pooled());
                }
                case Step.OpenAnother _ -> {
                    Borrowing opened = open(waitEnds);
                    if (opened != null) {
                        return opened;
                    }
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
                boolean room = leased.size() + opening < allowed();
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

    private int allowed() {
        if (allowed < limits.connections() && clock.getAsLong() - growsAt >= 0) {
            allowed++;
            growsAt = clock.getAsLong() + GROWS_AFTER.toNanos();
        }
        return allowed;
    }

    /** Null when there is no answer yet: look again. */
    private @Nullable Borrowing open(long waitEnds) {
        if (!enterHost(waitEnds)) {
            return notEntered();
        }
        Opening result = null;
        try {
            result = connector.open(server, credentials);
        } finally {
            if (result == null) {
                // The resolver or the token's supplier threw.
                hosts.failed(server, false);
                opened(null, reconnecting::canceled);
            }
        }
        return switch (result) {
            case Opening.Open open -> {
                hosts.opened(server);
                var pooled = new Pooled(open.connection(), clock.getAsLong());
                opened(pooled, reconnecting::succeeded);
                yield new Borrowing.Borrowed(new PooledConnection(this, pooled));
            }
            case Opening.Unreachable canceled when canceled.trouble() == Trouble.CANCELED -> {
                hosts.failed(server, false);
                opened(null, reconnecting::canceled);
                yield new Borrowing.Failed(canceled);
            }
            case Opening.Failed failed -> {
                boolean full = hosts.failed(server, failed.mayMeanTooMany());
                yield failed(failed, full);
            }
        };
    }

    private boolean enterHost(long waitEnds) {
        try {
            return hosts.enter(server, hasOthers() ? 0 : waitEnds - clock.getAsLong());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
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

    private @Nullable Borrowing notEntered() {
        boolean others = hasOthers();
        opened(null, others ? this::useFewer : reconnecting::canceled);
        return others ? null : new Borrowing.Busy();
    }

    private @Nullable Borrowing failed(Opening.Failed failed, boolean full) {
        if (hasOthers()) {
            opened(null, this::useFewer);
            return null;
        }
        if (full) {
            opened(null, reconnecting::canceled);
            return null;
        }
        opened(null, () -> reconnecting.failed(failed, clock.getAsLong()));
        return new Borrowing.Failed(failed);
    }

    private void useFewer() {
        reconnecting.canceled();
        allowed = Math.max(1, leased.size() + idle.size());
        growsAt = clock.getAsLong() + GROWS_AFTER.toNanos();
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
        boolean wanted = hosts.isContended(server);
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
            lock.lock();
            try {
                leased.remove(pooled);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        });
    }

    /** Another pool waits for room on the host. */
    private void dropIdle() {
        lock.lock();
        try {
            leased.addAll(idle);
            List.copyOf(idle).forEach(this::drop);
            idle.clear();
        } finally {
            lock.unlock();
        }
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
