package dev.postrider.postgres;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Shortens waits inside this node. Nothing depends on it: whoever waits here looks into the database
 * again after a while, because what it waits for may have happened on another node.
 */
public final class Wakeups {
    private final Semaphore lanes = new Semaphore(0);
    private final Map<UUID, CountDownLatch> emails = new ConcurrentHashMap<>();

    /** Some lane has work. */
    public void laneWoken() {
        if (lanes.availablePermits() == 0) {
            lanes.release();
        }
    }

    /** Waits until some lane has work, or for that long. */
    public void awaitLane(Duration atMost) throws InterruptedException {
        if (lanes.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            lanes.drainPermits();
        }
    }

    /** The email's attempt has ended. */
    public void settled(UUID emailId) {
        var waiting = emails.get(emailId);
        if (waiting != null) {
            waiting.countDown();
        }
    }

    /** Begins to listen for the end of an email's attempt; before the email is visible to workers. */
    public Settlement listen(UUID emailId) {
        var latch = new CountDownLatch(1);
        emails.put(emailId, latch);
        return new Settlement(emailId, latch);
    }

    /** A wait for the end of an attempt. */
    public final class Settlement implements AutoCloseable {
        private final UUID emailId;
        private final CountDownLatch latch;

        private Settlement(UUID emailId, CountDownLatch latch) {
            this.emailId = emailId;
            this.latch = latch;
        }

        /** Waits for the end of the attempt, or for that long. */
        public void await(Duration atMost) throws InterruptedException {
            var _ = latch.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public void close() {
            emails.remove(emailId);
        }
    }
}
