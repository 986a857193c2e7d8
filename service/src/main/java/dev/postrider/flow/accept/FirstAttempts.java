package dev.postrider.flow.accept;

import dev.postrider.email.EmailKey;
import dev.postrider.email.LaneKey;
import dev.postrider.flow.store.FirstAttemptProgress;
import dev.postrider.flow.store.FirstAttemptProgress.Progress;
import dev.postrider.flow.store.FirstAttemptProgress.Rest;
import dev.postrider.log.Journal;
import dev.postrider.machine.Fatal;
import dev.postrider.machine.Machine;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.DatabaseAway;
import dev.postrider.postgres.Wakeups;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Waits for emails' first attempts, wherever they are made. A worker of this node tells at once;
 * for what happens elsewhere one thread looks now and then, for all who wait, in few queries. When
 * the program ends nobody waits any more: what hasn't come until then is another node's, or the
 * next start's. Safe for concurrent use.
 */
@Singleton
public final class FirstAttempts implements Machine {
    private static final Journal JOURNAL = Journal.of("flow");

    /** How late an attempt on another node may be noticed. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /** For those who wait to hear that they needn't. */
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    /** Emails that one query asks for. */
    private static final int AT_ONCE = 500;

    private final FirstAttemptProgress table;
    private final Wakeups wakeups;
    private final AtomicLong looks = new AtomicLong();

    // guarded by this
    private final Map<EmailKey, List<First>> waiting = new HashMap<>();
    private boolean isLooking;
    private boolean isClosed;

    public FirstAttempts(Database database, Wakeups wakeups) {
        this.table = new FirstAttemptProgress(database);
        this.wakeups = wakeups;
    }

    /** How long a mailbox rests because a limit is reached; empty when it doesn't. */
    Optional<Duration> rest(LaneKey lane) {
        return table.rest(lane);
    }

    /** How a wait ended. */
    sealed interface Ended {
        /** The first attempt has ended. */
        record Made(Progress progress) implements Ended {}

        /** The server refused the login, and the email is not kept. */
        record NotKept() implements Ended {}

        /** The time is over; the email stays queued. */
        record StillWaiting(Duration waited) implements Ended {}

        /** The mailbox rests for longer than the caller waits; the email stays queued. */
        record Resting(Rest rest) implements Ended {}

        /** The program ends before; the email stays queued. */
        record ProgramEnds() implements Ended {}

        /** The database went away: what became of the email isn't known, nor that it is queued. */
        record Unheard() implements Ended {}
    }

    /** Begins to listen for an email's first attempt; best before workers can see the email. */
    First listen(EmailKey email) {
        return new First(email);
    }

    private synchronized void add(First first) {
        waiting.computeIfAbsent(first.email, _ -> new ArrayList<>()).add(first);
        if (isClosed) {
            first.tell(new Heard.NoMore());
        } else if (!isLooking) {
            isLooking = true;
            Thread.ofVirtual().name("first-attempts").start(this::look);
        }
    }

    private synchronized void remove(First first) {
        waiting.computeIfPresent(
                first.email,
                (_, some) -> {
                    some.remove(first);
                    return some.isEmpty() ? null : some;
                });
        if (isClosed) {
            notifyAll();
        }
    }

    /** Those who wait are told that the email stays queued, before the database is closed. */
    @Override
    public synchronized void close() throws InterruptedException {
        isClosed = true;
        waiting.values().forEach(some -> some.forEach(first -> first.tell(new Heard.NoMore())));
        notifyAll();
        var end = System.nanoTime() + LONGEST_CLOSE.toNanos();
        for (var left = LONGEST_CLOSE.toMillis();
                (isLooking || !waiting.isEmpty()) && left > 0;
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
            wait(left);
        }
    }

    /** Until nobody waits any more. */
    private void look() {
        while (!isOver()) {
            try {
                var emails = toLookAt();
                for (var from = 0; from < emails.size(); from += AT_ONCE) {
                    tell(emails.subList(from, Math.min(from + AT_ONCE, emails.size())));
                }
            } catch (DatabaseAway e) {
                // those who wait go on; the database may be back before their time is over
                JOURNAL.warning(
                        "first attempts can't be looked for",
                        "reason",
                        String.valueOf(e.getMessage()));
            } catch (Throwable e) {
                Fatal.endIf(e);
                JOURNAL.failure("looking for first attempts failed", e);
            }
        }
    }

    private synchronized List<EmailKey> toLookAt() {
        return List.copyOf(waiting.keySet());
    }

    /** Said after a while, or at once when there is nothing more to look for. */
    private synchronized boolean isOver() {
        try {
            var end = System.nanoTime() + LOOK_EVERY.toNanos();
            for (var left = LOOK_EVERY.toMillis();
                    !isClosed && left > 0;
                    left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
                wait(left);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
        isLooking = !isClosed && !waiting.isEmpty();
        if (!isLooking) {
            notifyAll();
        }
        return !isLooking;
    }

    /** How often emails were looked at until now. */
    long looks() {
        return looks.get();
    }

    private void tell(List<EmailKey> emails) {
        looks.incrementAndGet();
        var progress = table.progress(emails);
        synchronized (this) {
            for (var email : emails) {
                var found = Optional.ofNullable(progress.get(email));
                waiting.getOrDefault(email, List.of())
                        .forEach(first -> first.tell(new Heard.Of(found)));
            }
        }
    }

    /** What is told to one who waits. */
    private sealed interface Heard {
        /** How far the email has come; empty when it isn't kept. */
        record Of(Optional<Progress> progress) implements Heard {}

        /** The program ends. */
        record NoMore() implements Heard {}
    }

    /** A wait for one email's first attempt; for one thread. */
    final class First implements AutoCloseable {
        private final EmailKey email;
        private final Runnable endOfSignals;

        /** What was found last; of a state that is passed over a later one is found. */
        private final BlockingQueue<Heard> heard = new ArrayBlockingQueue<>(1);

        /** Whether the end was told: what was looked up before it comes too late. */
        private boolean isTold;

        private First(EmailKey email) {
            this.email = email;
            this.endOfSignals =
                    wakeups.tell(email.id(), end -> tell(new Heard.Of(Progress.of(end))));
        }

        private synchronized void tell(Heard news) {
            if (!isTold) {
                isTold =
                        switch (news) {
                            case Heard.Of(var progress) -> ended(progress).isPresent();
                            case Heard.NoMore() -> true;
                        };
                heard.clear();
                var _ = heard.offer(news);
            }
        }

        /** Waits for the attempt; the email must have been written before. */
        Ended await(Duration wait) throws InterruptedException {
            try {
                return heard(wait);
            } catch (DatabaseAway e) {
                // the email is kept: who is told otherwise sends it again
                JOURNAL.warning(
                        "a first attempt isn't heard of",
                        "email",
                        email.id().toString(),
                        "reason",
                        String.valueOf(e.getMessage()));
                return new Ended.Unheard();
            }
        }

        private Ended heard(Duration wait) throws InterruptedException {
            var end = System.nanoTime() + wait.toNanos();
            add(this);
            Ended otherwise = new Ended.StillWaiting(wait);
            for (var left = wait.toNanos(); left > 0; left = end - System.nanoTime()) {
                var news = heard.poll(left, TimeUnit.NANOSECONDS);
                if (news instanceof Heard.NoMore) {
                    otherwise = new Ended.ProgramEnds();
                }
                if (!(news instanceof Heard.Of(var progress))) {
                    break;
                }
                var ended = ended(progress);
                if (ended.isPresent()) {
                    return ended.get();
                }
                var rest = progress.flatMap(Progress::rest);
                if (rest.isPresent()
                        && System.nanoTime() + rest.get().left().toNanos() - end > 0
                        && table.stopWaiting(email)) {
                    return new Ended.Resting(rest.get());
                }
            }
            if (table.stopWaiting(email)) {
                return otherwise;
            }
            return ended(Optional.ofNullable(table.progress(List.of(email)).get(email)))
                    .orElse(otherwise);
        }

        private static Optional<Ended> ended(Optional<Progress> progress) {
            return progress.isEmpty()
                    ? Optional.of(new Ended.NotKept())
                    : progress.filter(each -> !each.awaited()).map(Ended.Made::new);
        }

        @Override
        public void close() {
            endOfSignals.run();
            remove(this);
        }
    }
}
