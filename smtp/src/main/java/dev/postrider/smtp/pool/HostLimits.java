package dev.postrider.smtp.pool;

import dev.postrider.smtp.server.Server;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * How many connections each host allows in all, found out when it refuses one while others of this
 * program stand: so many are kept from then on, and pools that want one wait for each other's.
 * Shared by the pools of all mailboxes.
 */
public final class HostLimits {
    /** After this time without a refusal some more are tried. */
    private static final Duration GROWS_AFTER = Duration.ofSeconds(30);

    private final LongSupplier clock;

    /** Guards everything below. Never held while the network is waited for. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, Host> hosts = new HashMap<>();

    /** The connections of all pools to one host. */
    private final class Host {
        private final Condition changed = lock.newCondition();

        /** Those that stand or are being opened. */
        private int connections;

        /** Those whose opening has succeeded. */
        private int open;

        private int waiting;
        private int limit = Integer.MAX_VALUE;
        private long growsAt;

        /** What the pools do when somebody waits. */
        private final Set<Runnable> yields = new LinkedHashSet<>();

        private boolean isForgotten() {
            boolean unknown = limit == Integer.MAX_VALUE || clock.getAsLong() - growsAt >= 0;
            return connections == 0 && waiting == 0 && yields.isEmpty() && unknown;
        }
    }

    public HostLimits() {
        this(System::nanoTime);
    }

    /**
     * With a clock of its own.
     *
     * @param clock in nanoseconds, from any origin
     */
    public HostLimits(LongSupplier clock) {
        this.clock = clock;
    }

    /** For the pools, too. */
    LongSupplier clock() {
        return clock;
    }

    private Host host(Server server) {
        return hosts.computeIfAbsent(server.host() + ":" + server.port(), _ -> new Host());
    }

    /** A pool of connections to the server begins; {@code yield} is to end its idle ones. */
    void join(Server server, Runnable yield) {
        lock.lock();
        try {
            host(server).yields.add(yield);
        } finally {
            lock.unlock();
        }
    }

    void leave(Server server, Runnable yield) {
        lock.lock();
        try {
            Host host = host(server);
            host.yields.remove(yield);
            hosts.values().removeIf(Host::isForgotten);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the right to open a connection, when there is room within this time.
     *
     * @return false when there isn't
     */
    boolean enter(Server server, long nanos) throws InterruptedException {
        Host host;
        List<Runnable> yields;
        lock.lock();
        try {
            host = host(server);
            if (takeRoom(host)) {
                return true;
            }
            if (nanos <= 0) {
                return false;
            }
            host.waiting++;
            yields = List.copyOf(host.yields);
        } finally {
            lock.unlock();
        }
        yields.forEach(Runnable::run);
        lock.lock();
        try {
            long left = nanos;
            while (!takeRoom(host)) {
                if (left <= 0) {
                    return false;
                }
                left = host.changed.awaitNanos(left);
            }
            return true;
        } finally {
            host.waiting--;
            lock.unlock();
        }
    }

    private boolean takeRoom(Host host) {
        if (host.connections >= host.limit && clock.getAsLong() - host.growsAt >= 0) {
            host.limit = host.connections + Math.max(1, host.connections / 4);
            host.growsAt = clock.getAsLong() + GROWS_AFTER.toNanos();
        }
        boolean room = host.connections < host.limit;
        if (room) {
            host.connections++;
        }
        return room;
    }

    public void opened(Server server) {
        lock.lock();
        try {
            host(server).open++;
        } finally {
            lock.unlock();
        }
    }

    void closed(Server server) {
        lock.lock();
        try {
            Host host = host(server);
            host.open--;
            host.connections--;
            host.changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The opening failed.
     *
     * @param isBusy whether the server may have had enough of connections
     * @return whether it is so: others stand, and their number is the limit from now on
     */
    public boolean failed(Server server, boolean isBusy) {
        lock.lock();
        try {
            Host host = host(server);
            host.connections--;
            boolean full = isBusy && host.open > 0;
            if (full) {
                host.limit = host.open;
                host.growsAt = clock.getAsLong() + GROWS_AFTER.toNanos();
            }
            host.changed.signal();
            return full;
        } finally {
            lock.unlock();
        }
    }

    /** Whether some pool waits for another's connection to end. */
    boolean isContended(Server server) {
        lock.lock();
        try {
            return host(server).waiting > 0;
        } finally {
            lock.unlock();
        }
    }

    /** How many connections the server is known to allow, for tests. */
    public int limit(Server server) {
        lock.lock();
        try {
            return host(server).limit;
        } finally {
            lock.unlock();
        }
    }
}
