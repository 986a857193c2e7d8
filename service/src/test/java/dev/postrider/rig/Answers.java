package dev.postrider.rig;

import dev.postrider.testkit.sink.Behaviour;
import dev.postrider.testkit.sink.SunkMessage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server whose answers a test changes while it runs; willing at first. */
public final class Answers implements Behaviour {
    /** Written by the test, read by the server's threads. */
    private volatile Behaviour now = Behaviour.WILLING;

    public void become(Behaviour other) {
        now = other;
    }

    public void becomeWilling() {
        now = Behaviour.WILLING;
    }

    public Stall stall() {
        var stall = Stall.always();
        now = stall;
        return stall;
    }

    /** Answers MAIL so. */
    public void refuse(String reply) {
        now =
                new Behaviour() {
                    @Override
                    public String mail(String sender) {
                        return reply;
                    }
                };
    }

    /** Takes messages without a word, and hangs up. */
    public void hangUp() {
        now =
                new Behaviour() {
                    @Override
                    public String message(SunkMessage message) {
                        return HANG_UP;
                    }
                };
    }

    @Override
    public String mail(String sender) {
        return now.mail(sender);
    }

    @Override
    public String message(SunkMessage message) {
        return now.message(message);
    }

    /** Waits as long as is reasonable, and fails then. */
    public static void await(CountDownLatch latch) {
        try {
            if (!latch.await(FlowRig.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("it didn't come");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
