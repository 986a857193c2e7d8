package dev.postrider.http.filter;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A request's body that has to keep coming: one that stalls, or drips for long, would hold a
 * connection and what is kept for it as long as its sender likes (slow loris). For one thread.
 */
final class SlowBodyGuard extends FilterInputStream {
    /** The longest time without an octet. */
    static final Duration MAX_STALL = Duration.ofSeconds(10);

    /** Octets a second that must come, after the first {@link #MAX_STALL}. */
    static final int LEAST_RATE = 16 * 1024;

    private static final ScheduledThreadPoolExecutor ALARMS = alarms();

    private final Duration maxStall;
    private long waited;
    private long octets;

    /** Those of reads that have ended are dropped at once: there are thousands a second. */
    private static ScheduledThreadPoolExecutor alarms() {
        var alarms =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("slow-bodies").daemon().factory());
        alarms.setRemoveOnCancelPolicy(true);
        return alarms;
    }

    /** How many reads are watched. */
    static int watched() {
        return ALARMS.getQueue().size();
    }

    SlowBodyGuard(InputStream in, Duration maxStall) {
        super(in);
        this.maxStall = maxStall;
    }

    /** The body came too slowly; its sender may hear of it. */
    static final class TooSlow extends IOException {
        private static final long serialVersionUID = 1;

        TooSlow() {
            super("the request's body comes too slowly");
        }
    }

    /** The body ended before its end: whoever sent it has gone. */
    static final class BrokenOff extends IOException {
        private static final long serialVersionUID = 1;

        BrokenOff(IOException cause) {
            super("the request's body broke off", cause);
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Only the time that is spent here counts, not what the reader does in between. */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        var begun = System.nanoTime();
        var alarm = new Alarm(Thread.currentThread());
        var ringing = ALARMS.schedule(alarm::ring, maxStall.toNanos(), TimeUnit.NANOSECONDS);
        int count;
        try {
            count = super.read(into, offset, length);
        } catch (IOException e) {
            throw alarm.hasRung() ? new TooSlow() : new BrokenOff(e);
        } finally {
            ringing.cancel(false);
            alarm.stop();
        }
        waited += System.nanoTime() - begun;
        octets += Math.max(0, count);
        var counted = waited - maxStall.toNanos();
        if (count >= 0 && counted > 0 && octets < LEAST_RATE * (counted / 1e9)) {
            throw new TooSlow();
        }
        return count;
    }

    /** Interrupts a thread that waits, unless it has ended waiting. */
    private static final class Alarm {
        private final Thread waiting;

        // guarded by this; the timer rings, the reader stops
        private boolean hasRung;
        private boolean isOff;

        private Alarm(Thread waiting) {
            this.waiting = waiting;
        }

        synchronized void ring() {
            if (!isOff) {
                hasRung = true;
                waiting.interrupt();
            }
        }

        synchronized boolean hasRung() {
            return hasRung;
        }

        /** From now on nothing is interrupted; what was comes to an end here. */
        synchronized void stop() {
            isOff = true;
            if (hasRung) {
                var _ = Thread.interrupted();
            }
        }
    }
}
