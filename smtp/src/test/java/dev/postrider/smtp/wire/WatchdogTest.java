package dev.postrider.smtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    @Test
    void aStageThatBeginsWhileTheTimerPutsItsAlarmOffIsNotMissed() throws InterruptedException {
        var cut = new CountDownLatch(1);
        var watchdog = new AtomicReference<Watchdog>();
        try (var timer = new InterruptingTimer(() -> watchdog.get().stage(Duration.ofMillis(50)))) {
            watchdog.set(new Watchdog(cut::countDown, timer));
            watchdog.get().stage(Duration.ofMillis(50));
            // The server has answered: nothing is awaited when the timer looks.
            watchdog.get().pause();
            assertThat(cut.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    /**
     * Between the timer's look at the deadline and the alarm that it puts off, the connection's
     * thread goes on.
     */
    private static final class InterruptingTimer extends ScheduledThreadPoolExecutor {
        private final Runnable meanwhile;
        private boolean done;

        private InterruptingTimer(Runnable meanwhile) {
            super(1);
            this.meanwhile = meanwhile;
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            return new PutOff(super.schedule(task, delay, unit));
        }

        /** An alarm whose cancellation takes as long as the other thread needs. */
        private final class PutOff extends FutureTask<Object>
                implements RunnableScheduledFuture<Object> {
            private final ScheduledFuture<?> alarm;

            private PutOff(ScheduledFuture<?> alarm) {
                super((Callable<Object>) () -> alarm);
                this.alarm = alarm;
            }

            @Override
            public boolean cancel(boolean mayInterrupt) {
                if (!done) {
                    done = true;
                    var connection = new Thread(meanwhile);
                    connection.start();
                    while (connection.isAlive() && connection.getState() != Thread.State.BLOCKED) {
                        Thread.onSpinWait();
                    }
                }
                return alarm.cancel(mayInterrupt);
            }

            @Override
            public boolean isPeriodic() {
                return false;
            }

            @Override
            public long getDelay(TimeUnit unit) {
                return alarm.getDelay(unit);
            }

            @Override
            public int compareTo(Delayed other) {
                return alarm.compareTo(other);
            }
        }
    }
}
