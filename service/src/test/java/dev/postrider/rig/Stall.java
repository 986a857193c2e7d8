package dev.postrider.rig;

import dev.postrider.testkit.sink.Behaviour;
import dev.postrider.testkit.sink.SunkMessage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps back the replies to messages until it is closed. */
public final class Stall implements Behaviour, AutoCloseable {
    private final AtomicInteger messages;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private Stall(int messages) {
        this.messages = new AtomicInteger(messages);
    }

    public static Stall always() {
        return new Stall(Integer.MAX_VALUE);
    }

    /** Whoever comes after the first message is answered at once. */
    public static Stall once() {
        return new Stall(1);
    }

    /** Waits until the first message has come. */
    public void awaitMessage() {
        Answers.await(begun);
    }

    @Override
    public String message(SunkMessage message) {
        if (messages.getAndDecrement() > 0) {
            begun.countDown();
            try {
                closed.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return Behaviour.super.message(message);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
