package dev.postrider.flow.lease;

import dev.postrider.email.Lease;
import dev.postrider.flow.send.OpenCarrier;
import dev.postrider.flow.settle.Settle;
import dev.postrider.log.Journal;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.Wakeups;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The machine that sends: takes lanes while it has room, serves each on a thread of its own, renews
 * their leases. Stopping takes no more lanes, lets begun batches end, gives the lanes back.
 */
public final class Worker implements AutoCloseable {
    private static final Journal JOURNAL = Journal.of("flow");
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration RENEW_EVERY = LEASE.dividedBy(3);

    /** How long a lane that was woken on another node may wait to be noticed. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private static final int MAX_LANES = 500;
    private static final int CLAIM_AT_ONCE = 50;
    private static final Duration STOP_WAIT = Duration.ofSeconds(30);

    private final HeldLeases leases;
    private final ServeLane serveLane;
    private final Wakeups wakeups;
    private final Semaphore room = new Semaphore(MAX_LANES);
    private final Set<Thread> serving = ConcurrentHashMap.newKeySet();
    private final Thread claiming;
    private final Thread renewing;

    /** Written by close, read by all threads of the worker. */
    private volatile boolean stopping;

    public Worker(
            Database database,
            String node,
            Mailboxes mailboxes,
            OpenCarrier carriers,
            Settle settle,
            Wakeups wakeups) {
        var lanes = new LaneTable(database, node, LEASE);
        this.leases = new HeldLeases(lanes, LEASE);
        this.wakeups = wakeups;
        this.serveLane =
                new ServeLane(
                        lanes,
                        new DueTable(database),
                        leases,
                        mailboxes,
                        carriers,
                        settle,
                        wakeups,
                        () -> stopping);
        this.claiming = Thread.ofVirtual().name("claim-lanes").unstarted(this::claimLanes);
        this.renewing = Thread.ofVirtual().name("renew-leases").unstarted(this::renewLeases);
    }

    public void start() {
        claiming.start();
        renewing.start();
    }

    private void claimLanes() {
        while (!stopping) {
            try {
                if (!room.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    continue;
                }
                var free = 1 + room.drainPermits();
                room.release(free);
                var claimed = leases.claim(Math.min(free, CLAIM_AT_ONCE));
                claimed.forEach(this::serve);
                if (claimed.isEmpty()) {
                    wakeups.awaitLane(LOOK_EVERY);
                }
            } catch (InterruptedException _) {
                return;
            } catch (Exception e) {
                JOURNAL.failure("lanes can't be claimed", e);
                pause();
            }
        }
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
            serveLane.serve(lease);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            JOURNAL.failure(
                    "lane abandoned until its lease ends", e, "mailbox", lease.lane().mailboxId());
        } finally {
            serving.remove(Thread.currentThread());
            room.release();
        }
    }

    private void renewLeases() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(RENEW_EVERY);
                leases.renew();
            } catch (InterruptedException _) {
                return;
            } catch (Exception e) {
                JOURNAL.failure("leases can't be renewed", e);
            }
        }
    }

    /** The database is away: look again when it may be back. */
    private void pause() {
        try {
            wakeups.awaitLane(LOOK_EVERY);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        wakeups.wakeAll();
        claiming.join();
        var end = System.nanoTime() + STOP_WAIT.toNanos();
        for (var thread : serving) {
            var _ = thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
        renewing.interrupt();
        renewing.join();
    }
}
