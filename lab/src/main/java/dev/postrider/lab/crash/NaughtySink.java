package dev.postrider.lab.crash;

import dev.postrider.testkit.sink.Behaviour;
import dev.postrider.testkit.sink.Sink;
import dev.postrider.testkit.sink.SinkOptions;
import dev.postrider.testkit.sink.SunkMessage;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** A mail server that writes down what it takes, is a little slow, and can't be relied upon. */
public final class NaughtySink implements Behaviour, AutoCloseable {
    private static final int KINDS = Mischief.values().length;
    private static final int USUAL_MILLIS = 30;

    private final RandomGenerator random;
    private final Received received = new Received();
    private final Map<Mischief, AtomicInteger> done = new ConcurrentHashMap<>();
    private final Sink sink;

    /** Of a thousand messages so many meet mischief. Written by the lab, read by connections. */
    private volatile int perThousand;

    private volatile int slowestMillis = USUAL_MILLIS;

    /** Whose login is refused from now on; nobody's when empty. Written by the lab. */
    private volatile String lockedOut = "";

    private NaughtySink(RandomGenerator random, Optional<String> password) {
        this.random = random;
        var options = SinkOptions.standard().behaving(this);
        this.sink =
                Sink.start(
                        password.map(known ->
                                        options.withLogins((user, given) ->
                                                given.equals(known) && !user.equals(lockedOut)))
                                .orElse(options));
    }

    /** Starts one that behaves. */
    public static NaughtySink start(RandomGenerator random) {
        return new NaughtySink(random, Optional.empty());
    }

    /** Starts one that behaves, at which each mailbox logs in with this password. */
    public static NaughtySink start(RandomGenerator random, String password) {
        return new NaughtySink(random, Optional.of(password));
    }

    /** Refuses this mailbox's logins, and ends its connections when they are used. */
    public void lockOut(String address) {
        lockedOut = address;
    }

    public void letAllIn() {
        lockedOut = "";
    }

    public int port() {
        return sink.port();
    }

    public Received received() {
        return received;
    }

    public void misbehavePerThousand(int messages) {
        perThousand = messages;
    }

    /** Slower, so that much is under way, or as usual. */
    public void slowDown(boolean isSlow) {
        slowestMillis = isSlow ? 10 * USUAL_MILLIS : USUAL_MILLIS;
    }

    /** How often each kind of mischief was done. */
    public Map<Mischief, AtomicInteger> done() {
        return new TreeMap<>(done);
    }

    @Override
    public String mail(String sender) {
        return sender.equals(lockedOut) ? HANG_UP : Behaviour.super.mail(sender);
    }

    @Override
    public boolean waitsForContent() {
        return !does(Mischief.CUT_BEFORE_DOT);
    }

    @Override
    public String message(SunkMessage message) {
        if (does(Mischief.DEFER)) {
            return "451 4.3.0 Later";
        }
        if (does(Mischief.CUT_NOT_TAKEN)) {
            return HANG_UP;
        }
        beSlow();
        received.add(message.content());
        return does(Mischief.CUT_TAKEN) ? HANG_UP : "250 2.0.0 Taken";
    }

    @Override
    public boolean goesOn() {
        return !does(Mischief.CUT_AFTER_REPLY);
    }

    private boolean does(Mischief kind) {
        var isDone = nextInt(1_000 * KINDS) < perThousand;
        if (isDone) {
            done.computeIfAbsent(kind, _ -> new AtomicInteger()).incrementAndGet();
        }
        return isDone;
    }

    /** So that kills find messages under way. */
    private void beSlow() {
        try {
            Thread.sleep(nextInt(slowestMillis));
        } catch (InterruptedException e) {
            throw new IllegalStateException("the lab interrupts no connection", e);
        }
    }

    private synchronized int nextInt(int bound) {
        return random.nextInt(bound);
    }

    @Override
    public void close() {
        sink.close();
    }
}
