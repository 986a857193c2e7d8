package dev.postrider.lab.steps;

import dev.postrider.lab.crash.Received;
import dev.postrider.testkit.sink.Behaviour;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import dev.postrider.testkit.sink.SunkMessage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A mail server that writes down what it takes, and at a step that is armed waits for the kill. */
final class StepSink implements Behaviour, StepServer, AutoCloseable {
    private final Received received = new Received();
    private final Sink sink = Sink.start(SinkOptions.standard().behaving(this));

    /** Written by the lab, read by connections. */
    private volatile @Nullable Trap trap;

    int port() {
        return sink.port();
    }

    Received received() {
        return received;
    }

    @Override
    public void arm(Step step) {
        trap = new Trap(step);
    }

    @Override
    public void awaitReached() throws InterruptedException {
        Objects.requireNonNull(trap).awaitReached();
    }

    @Override
    public void killed() {
        Objects.requireNonNull(trap).letGo();
        trap = null;
    }

    @Override
    public boolean waitsForContent() {
        return !isStopped(Step.ENVELOPE);
    }

    @Override
    public String message(SunkMessage message) {
        if (isStopped(Step.CONTENT)) {
            return HANG_UP;
        }
        received.add(message.content());
        if (isStopped(Step.TAKEN)) {
            return HANG_UP;
        }
        return "250 2.0.0 Taken";
    }

    /** Returns after the kill, if it stops here. */
    private boolean isStopped(Step step) {
        var armed = trap;
        if (armed == null || armed.step() != step) {
            return false;
        }
        armed.stop();
        return true;
    }

    @Override
    public void close() {
        sink.close();
    }
}
