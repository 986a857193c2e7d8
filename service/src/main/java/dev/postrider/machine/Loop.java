package dev.postrider.machine;

import dev.postrider.log.Journal;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A thread that does one step again and again until it is stopped. Whatever a step throws is said,
 * and after a pause the loop goes on; the pauses get longer while it keeps failing. Only a {@link
 * Fatal} error ends it, and the program with it. Should it end in any other way, readiness and
 * liveness say so.
 */
public final class Loop implements Machine {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Set<String> DEAD = new ConcurrentSkipListSet<>();

    private final Journal journal;
    private final String name;
    private final String failed;
    private final Duration every;
    private final Step step;
    private final Duration firstPause;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    /** Of the loop's thread: what it says of failures, and how long the next pause is. */
    private boolean isAway;

    private Duration pause;

    /** What is done again and again. It may wait for its work by itself. */
    public interface Step {
        void run() throws Exception;
    }

    /**
     * A loop that isn't started yet.
     *
     * @param name of its thread
     * @param failed what can't be done when a step fails, as {@code lanes can't be claimed}
     * @param every how long it waits between steps
     */
    public Loop(Journal journal, String name, String failed, Duration every, Step step) {
        this(journal, name, failed, every, step, FIRST_PAUSE);
    }

    /**
     * A loop that wakes every few seconds as long as the program runs, on a thread of the system's
     * own. To a virtual one three others have to be woken for each wait with an end, and for each
     * word of the database: that is most of what an idle program does.
     */
    public static Loop frequent(
            Journal journal, String name, String failed, Duration every, Step step) {
        return new Loop(
                journal,
                name,
                failed,
                every,
                step,
                FIRST_PAUSE,
                Thread.ofPlatform().daemon().name(name));
    }

    /**
     * @param firstPause after a failure
     */
    Loop(
            Journal journal,
            String name,
            String failed,
            Duration every,
            Step step,
            Duration firstPause) {
        this(journal, name, failed, every, step, firstPause, Thread.ofVirtual().name(name));
    }

    private Loop(
            Journal journal,
            String name,
            String failed,
            Duration every,
            Step step,
            Duration firstPause,
            Thread.Builder thread) {
        this.journal = journal;
        this.name = name;
        this.failed = failed;
        this.every = every;
        this.step = step;
        this.firstPause = firstPause;
        this.pause = firstPause;
        this.thread = thread.unstarted(this::run);
    }

    /** The names of loops that have ended although nobody stopped them. */
    public static Set<String> dead() {
        return new TreeSet<>(DEAD);
    }

    @Override
    public void start() {
        DEAD.remove(name);
        thread.start();
    }

    private void run() {
        try {
            while (!isStopping()) {
                await(once());
            }
        } finally {
            if (!isStopping()) {
                DEAD.add(name);
            }
        }
    }

    public boolean isStopping() {
        return stop.getCount() == 0;
    }

    /** Does the step, and says how long to wait then. */
    private Duration once() {
        try {
            step.run();
            succeeded();
            return every;
        } catch (InterruptedException _) {
            // whoever means it has stopped the loop; else it is for nobody here
            return Duration.ZERO;
        } catch (Throwable e) {
            Fatal.endIf(e);
            return failed(e);
        }
    }

    private void succeeded() {
        pause = firstPause;
        if (isAway) {
            isAway = false;
            journal.event("the outage is over", "after", failed);
        }
    }

    /** An outage may end at any moment and is tried often; a bug seldom mends itself. */
    private Duration failed(Throwable e) {
        if (!(e instanceof Outage)) {
            journal.failure(failed, e);
            var now = pause;
            var doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
            return now;
        }
        if (!isAway) {
            isAway = true;
            journal.warning(failed, "reason", String.valueOf(e.getMessage()));
        }
        return firstPause;
    }

    private void await(Duration wait) {
        try {
            var _ = stop.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            // stopped, or for nobody here
        }
    }

    /** Begins no more steps; returns at once. */
    public void stop() {
        stop.countDown();
    }

    /** Begins no more steps, and interrupts the one that is under way. */
    public void interrupt() {
        stop();
        thread.interrupt();
    }

    /** Begins no more steps, and returns when the one that is under way has ended. */
    @Override
    public void close() throws InterruptedException {
        stop();
        thread.join();
    }
}
