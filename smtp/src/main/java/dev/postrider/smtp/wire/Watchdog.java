package dev.postrider.smtp.wire;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a connection that takes too long, whether it reads or writes and however slowly it trickles.
 * Arming costs a clock reading and a volatile write: the timer is only touched when a deadline
 * comes before the one it waits for.
 */
public final class Watchdog {
    private static final long NEVER = Long.MAX_VALUE;

    /** Far enough, and far from overflow. */
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private static final long ORIGIN = System.nanoTime();
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final Runnable cut;
    private final ScheduledExecutorService timer;

    /** Written by the connection's thread, read by the timer's. */
    private volatile long stageEnds = NEVER;

    /** Written by the connection's thread, read by the timer's. */
    private volatile long limitEnds = NEVER;

    /** Written by the timer, read by the connection's thread after its I/O failed. */
    private volatile boolean fired;

    /**
     * When the timer looks next. Written under this object's lock, read by the connection's thread
     * without it.
     */
    private volatile long wakes = NEVER;

    private @Nullable Future<?> alarm; // guarded by this

    Watchdog(Runnable cut) {
        this(cut, TIMER);
    }

    /** With a timer of its own. */
    Watchdog(Runnable cut, ScheduledExecutorService timer) {
        this.cut = cut;
        this.timer = timer;
    }

    private static ScheduledThreadPoolExecutor timer() {
        var timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("smtp-watchdog").daemon().factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** Runs something short once, after a while. */
    public static void later(Duration delay, Runnable task) {
        Future<?> _ = TIMER.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The next stage may take this long from now. */
    public void stage(Duration timeout) {
        stageEnds = after(timeout);
        watch();
    }

    /** Everything together may take this long from now, until {@link #rest}. */
    public void limit(@Nullable Duration limit) {
        limitEnds = limit == null ? NEVER : after(limit);
        watch();
    }

    /** The server isn't awaited now; the limit goes on. */
    public void pause() {
        stageEnds = NEVER;
    }

    public void rest() {
        stageEnds = NEVER;
        limitEnds = NEVER;
    }

    public boolean fired() {
        return fired;
    }

    boolean limitPassed() {
        return limitEnds <= now();
    }

    synchronized void retire() {
        rest();
        if (alarm != null) {
            alarm.cancel(false);
        }
    }

    private void watch() {
        if (deadline() < wakes) {
            schedule();
        }
    }

    private long deadline() {
        return Math.min(stageEnds, limitEnds);
    }

    /**
     * The connection's thread writes its deadline and then reads {@code wakes}; this one writes
     * {@code wakes} and then reads the deadline: so one of them sees what the other wrote, and no
     * alarm is missed.
     */
    private synchronized void schedule() {
        wakes = NEVER;
        long next = deadline();
        if (alarm != null) {
            alarm.cancel(false);
        }
        wakes = next;
        alarm =
                next == NEVER
                        ? null
                        : timer.schedule(this::look, next - now(), TimeUnit.NANOSECONDS);
    }

    private void look() {
        if (deadline() <= now()) {
            fired = true;
            cut.run();
        } else {
            schedule();
        }
    }

    private static long now() {
        return System.nanoTime() - ORIGIN;
    }

    private static long after(Duration duration) {
        return now() + (duration.compareTo(FOR_EVER) < 0 ? duration : FOR_EVER).toNanos();
    }
}
