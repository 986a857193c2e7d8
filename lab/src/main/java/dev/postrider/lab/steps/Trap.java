package dev.postrider.lab.steps;

import dev.postrider.testkit.provider.http.Gate;

/**
 * Where a server stops.
 *
 * @param gate before which it waits until the program is killed
 */
record Trap(Step step, Gate gate) {
    Trap(Step step) {
        this(step, new Gate());
    }

    /** Of the server's thread; returns when it is let go. */
    void stop() {
        try {
            gate.pass();
        } catch (InterruptedException e) {
            throw new IllegalStateException("the lab interrupts no connection", e);
        }
    }

    void awaitReached() throws InterruptedException {
        gate.awaitArrival();
    }

    void letGo() {
        gate.open();
    }
}
