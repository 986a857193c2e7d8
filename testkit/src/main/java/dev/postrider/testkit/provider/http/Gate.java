package dev.postrider.testkit.provider.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds requests until a test lets them go, and tells the test that one has come. An open gate
 * stays open.
 */
public final class Gate {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    public void open() {
        open.countDown();
    }

    /** Until the first request stands before it. */
    public void awaitArrival() throws InterruptedException {
        if (!arrived.await(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("no request came to the gate");
        }
    }

    /** Waits until it is open. */
    public void pass() throws InterruptedException {
        arrived.countDown();
        if (!open.await(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody opened the gate");
        }
    }
}
