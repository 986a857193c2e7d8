package dev.postrider.credential.grant;

import dev.postrider.postgres.Database;
import dev.postrider.postgres.DatabaseAway;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a refresh's lease while its call is under way, so that it may be short: of a node that died
 * another takes over in seconds. What can't be renewed ends, and the revision decides.
 */
final class RenewLease implements AutoCloseable {
    private static final int TIMES = 3;

    private final Database database;
    private final GrantRow seen;
    private final UUID node;
    private final Duration lease;

    /** Not an interrupt: that would cost the connection on which a statement is under way. */
    private final CountDownLatch over = new CountDownLatch(1);

    private final Thread thread;

    private RenewLease(Database database, GrantRow seen, UUID node, Duration lease) {
        this.database = database;
        this.seen = seen;
        this.node = node;
        this.lease = lease;
        this.thread = Thread.ofVirtual().name("renew-lease").unstarted(this::run);
    }

    static RenewLease start(Database database, GrantRow seen, UUID node, Duration lease) {
        var renew = new RenewLease(database, seen, node, lease);
        renew.thread.start();
        return renew;
    }

    private void run() {
        try {
            var isHeld = true;
            while (isHeld && !over.await(lease.toMillis() / TIMES, TimeUnit.MILLISECONDS)) {
                isHeld = isRenewed();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private boolean isRenewed() {
        try {
            return database.inTransaction(handle -> GrantTable.renew(handle, seen, node, lease));
        } catch (DatabaseAway _) {
            // it may be back in time
            return true;
        }
    }

    /** Returns when nothing is renewed any more. */
    @Override
    public void close() throws InterruptedException {
        over.countDown();
        thread.join();
    }
}
