package dev.postrider.flow.lease;

import dev.postrider.email.Lease;
import dev.postrider.email.Node;
import dev.postrider.event.MailboxEvents;
import dev.postrider.flow.direct.ServedLanes;
import dev.postrider.flow.settle.Settle;
import dev.postrider.flow.store.QueuedEmails;
import dev.postrider.flow.store.lane.GiveBackLanes;
import dev.postrider.flow.store.lane.LaneLeases;
import dev.postrider.flow.store.lane.MailboxUsage;
import dev.postrider.flow.store.lane.Nodes;
import dev.postrider.log.Journal;
import dev.postrider.machine.Fatal;
import dev.postrider.machine.Loop;
import dev.postrider.machine.Machine;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.DatabaseAway;
import dev.postrider.postgres.Wakeups;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The machine that sends: takes lanes while it has room, serves each on threads of its own, renews
 * their leases. Stopping takes no more lanes, lets begun batches end, gives the lanes back.
 */
@Singleton
public final class Worker implements Machine {
    private static final Journal JOURNAL = Journal.of("flow");

    /** Should nobody tell of lanes to take. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    /** Between two looks whether there is room for another lane. */
    private static final Duration ROOM_WAIT = Duration.ofSeconds(1);

    /** A lane that nobody has taken for so long is taken by any node, whatever its share. */
    private static final Duration OVERDUE = Duration.ofSeconds(3);

    /** How long a lane is served at least when others wait. */
    private static final Duration QUANTUM = Duration.ofSeconds(5);

    private static final int MAX_LANES = 10_000;
    private static final int CLAIM_AT_ONCE = 50;
    private static final Duration STOP_WAIT = Duration.ofSeconds(20);
    private static final Duration CUT_WAIT = Duration.ofSeconds(5);

    private final HeldLeases leases;
    private final Cluster cluster;
    private final TakeBatch take;
    private final Settle settle;
    private final ServeLane serveLane;
    private final Wakeups wakeups;
    private final Semaphore room = new Semaphore(MAX_LANES);
    private final Set<Thread> serving = ConcurrentHashMap.newKeySet();
    private final Loop claiming;

    /**
     * Of the thread that claims: whether a program that was killed may have left its leases, which
     * nobody else can hold, and which mail needn't wait for.
     */
    private boolean mayHaveBeenKilled;

    private final Loop renewing;
    private final Loop watching;

    /** Written by close, read by all threads of the worker. */
    private volatile boolean stopping;

    /** A worker that isn't started yet. */
    public Worker(
            Database database,
            Node node,
            LeaseDuration leaseTime,
            Mailboxes mailboxes,
            Settle settle,
            Wakeups wakeups,
            ServedLanes served,
            MailboxEvents events,
            InstantSource clock) {
        this.leases =
                new HeldLeases(
                        new LaneLeases(database, node.name(), leaseTime.duration()),
                        leaseTime.duration());
        this.cluster =
                new Cluster(
                        new Nodes(database, node.name()), leases, wakeups, database.isEmbedded());
        this.mayHaveBeenKilled = database.isEmbedded();
        this.take = new TakeBatch(database);
        this.settle = settle;
        this.wakeups = wakeups;
        this.serveLane =
                new ServeLane(
                        new GiveBackLanes(database),
                        new MailboxUsage(database),
                        wakeups,
                        new SendingRound.Tools(
                                served,
                                leases,
                                take,
                                new QueuedEmails(database),
                                settle,
                                mailboxes,
                                clock),
                        new TellLimits(events));
        this.claiming =
                new Loop(
                        JOURNAL,
                        "claim-lanes",
                        "lanes can't be claimed",
                        Duration.ZERO,
                        this::claimLanes);
        this.renewing =
                new Loop(
                        JOURNAL,
                        "renew-leases",
                        "leases can't be renewed",
                        leaseTime.duration().dividedBy(3),
                        leases::renew);
        this.watching =
                Loop.frequent(
                        JOURNAL,
                        "watch-nodes",
                        "nodes can't be counted",
                        Duration.ZERO,
                        cluster::look);
    }

    @Override
    public void start() {
        watching.start();
        claiming.start();
        renewing.start();
    }

    private void claimLanes() throws InterruptedException {
        if (mayHaveBeenKilled) {
            leases.endOthers();
            mayHaveBeenKilled = false;
        }
        if (!room.tryAcquire(ROOM_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
        }
        room.release();
        if (claimSome() == 0) {
            wakeups.awaitLane(LOOK_EVERY);
        }
    }

    private int claimSome() {
        var free = Math.min(room.availablePermits(), CLAIM_AT_ONCE);
        var share = Math.min(free, cluster.freeShare());
        var claimed = share > 0 ? leases.claim(share, Duration.ZERO) : leases.claim(free, OVERDUE);
        claimed.forEach(this::serve);
        return claimed.size();
    }

    private void serve(Lease lease) {
        room.acquireUninterruptibly();
        var thread =
                Thread.ofVirtual()
                        .name("lane-" + lease.lane().mailboxId())
                        .unstarted(() -> serveToItsEnd(lease));
        serving.add(thread);
        thread.start();
    }

    private void serveToItsEnd(Lease lease) {
        try {
            serveLane.serve(lease, leave());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (DatabaseAway e) {
            JOURNAL.warning(
                    "lane left, the database is away", "reason", String.valueOf(e.getMessage()));
        } catch (Throwable e) {
            Fatal.endIf(e);
            JOURNAL.failure(
                    "lane abandoned until its lease ends", e, "mailbox", lease.lane().mailboxId());
        } finally {
            cluster.unfollow(lease.lane());
            serving.remove(Thread.currentThread());
            room.release();
        }
    }

    private BooleanSupplier leave() {
        var end = System.nanoTime() + QUANTUM.toNanos();
        return () -> {
            var served = System.nanoTime() - end >= 0;
            return stopping || (served && (room.availablePermits() == 0 || cluster.isExcess()));
        };
    }

    /**
     * Takes no more lanes, lets what is begun end for {@code STOP_WAIT}, then cuts the connections
     * that are still waiting for their servers.
     */
    @Override
    public void close() throws InterruptedException {
        stop(STOP_WAIT);
    }

    /** Stops, and cuts the connections whose servers take longer than that. */
    void stop(Duration patience) throws InterruptedException {
        stopping = true;
        claiming.stop();
        wakeups.wakeAll();
        watching.interrupt();
        claiming.close();
        watching.close();
        join(patience);
        serving.forEach(Thread::interrupt);
        join(CUT_WAIT);
        renewing.close();
        take.close();
        settle.close();
        try {
            cluster.leave();
        } catch (DatabaseAway e) {
            JOURNAL.warning(
                    "this node stays in the list of nodes for a day",
                    "reason",
                    String.valueOf(e.getMessage()));
        }
    }

    private void join(Duration atMost) throws InterruptedException {
        var end = System.nanoTime() + atMost.toNanos();
        for (var thread : serving) {
            var _ = thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
    }
}
