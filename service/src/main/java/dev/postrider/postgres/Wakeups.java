package dev.postrider.postgres;

import dev.postrider.email.AttemptEnd;
import dev.postrider.email.LaneKey;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Shortens waits inside this node. Nothing depends on it: whoever waits here looks into the
 * database again after a while, because what it waits for may have happened on another node.
 */
@Singleton
public final class Wakeups {
    private final Semaphore claims = new Semaphore(0);
    private final Semaphore events = new Semaphore(0);
    private final LongAdder news = new LongAdder();
    private final Map<LaneKey, Lane> served = new ConcurrentHashMap<>();

    /** Who is told of an email; several may be, and each list is replaced, never changed. */
    private final Map<UUID, List<Consumer<AttemptEnd>>> emails = new ConcurrentHashMap<>();

    /** A lane has work: whoever serves it is told, or else those who take lanes. */
    public void laneWoken(LaneKey key) {
        news.increment();
        var lane = served.get(key);
        if (lane == null) {
            signal(claims);
            return;
        }
        signal(lane.work);
        if (served.get(key) != lane) {
            // it ended meanwhile, perhaps before it could see this
            signal(claims);
        }
    }

    /** Somewhere lanes that nobody serves have work. */
    public void lanesDue() {
        signal(claims);
    }

    /** Somewhere events wait for their webhooks. */
    public void eventsWait() {
        signal(events);
    }

    /** Waits until events wait for their webhooks, or for that long. */
    public void awaitEvents(Duration atMost) throws InterruptedException {
        var _ = await(events, atMost);
    }

    /** Ends all waits for lanes and their work: the node stops. */
    public void wakeAll() {
        signal(claims);
        served.values().forEach(lane -> signal(lane.work));
    }

    private static void signal(Semaphore waiting) {
        if (waiting.availablePermits() == 0) {
            waiting.release();
        }
    }

    /**
     * Waits until a lane that nobody serves here has work, or for that long.
     *
     * @return whether it was woken
     */
    public boolean awaitLane(Duration atMost) throws InterruptedException {
        return await(claims, atMost);
    }

    private static boolean await(Semaphore wakes, Duration atMost) throws InterruptedException {
        var woken = wakes.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (woken) {
            wakes.drainPermits();
        }
        return woken;
    }

    /** Begins to listen for a lane's work. */
    public Lane serve(LaneKey key) {
        var lane = new Lane(key);
        served.put(key, lane);
        return lane;
    }

    /** A lane that is served here. */
    public final class Lane implements AutoCloseable {
        private final LaneKey key;
        private final Semaphore work = new Semaphore(0);

        private Lane(LaneKey key) {
            this.key = key;
        }

        /**
         * Waits until the lane has work, or for that long.
         *
         * @return whether it was woken
         */
        public boolean await(Duration atMost) throws InterruptedException {
            return Wakeups.await(work, atMost);
        }

        /** The lane's own server has found work. */
        public void wake() {
            signal(work);
        }

        /** Later wake-ups go to those who take lanes; so does one that came just before. */
        @Override
        public void close() {
            served.remove(key, this);
            if (work.availablePermits() > 0) {
                signal(claims);
            }
        }
    }

    /**
     * How often emails were kept or attempts ended here until now, some of it counted twice: who
     * sees no more than the last time has nothing to do that follows from them.
     */
    public long news() {
        return news.sum();
    }

    /** The email's attempt has ended. */
    public void settled(UUID emailId, AttemptEnd end) {
        news.increment();
        emails.getOrDefault(emailId, List.of()).forEach(each -> each.accept(end));
    }

    /**
     * Tells of the end of an email's attempt, in the thread that settles it; best from before
     * workers can see the email.
     *
     * @return ends that
     */
    public Runnable tell(UUID emailId, Consumer<AttemptEnd> listener) {
        emails.merge(
                emailId,
                List.of(listener),
                (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
        return () ->
                emails.computeIfPresent(
                        emailId,
                        (_, some) -> {
                            var left =
                                    some.stream().filter(each -> !each.equals(listener)).toList();
                            return left.isEmpty() ? null : left;
                        });
    }
}
