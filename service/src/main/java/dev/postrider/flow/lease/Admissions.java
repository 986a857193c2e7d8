package dev.postrider.flow.lease;

import dev.postrider.email.DueEmail;
import dev.postrider.email.Lease;
import dev.postrider.flow.direct.Admission;
import dev.postrider.flow.direct.ServedLanes.ServedLane;
import dev.postrider.flow.store.enqueue.Begin;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The emails of a round that come by the short way: committed as begun by those who ask for them,
 * handed over here. Not more at once than its connections send soon, none once the round ends, and
 * none while others are due: they come first. Safe for concurrent use.
 */
final class Admissions implements ServedLane {
    private final Lease lease;
    private final Instant mailboxSeen;
    private final LaneQueue queue;
    private final Listener round;
    private final InstantSource clock;
    private final int most;

    /** Guards what follows. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition ended = lock.newCondition();
    private final ArrayDeque<Handed> handed = new ArrayDeque<>();

    /** Those that aren't committed yet, and those that aren't sent yet. */
    private int open;

    private int uncommitted;
    private boolean isClosed;
    private long lastAt = System.nanoTime();

    /** An email that is begun. */
    record Handed(DueEmail email, Instant begunAt) {}

    /** The round, as it is told. */
    interface Listener {
        /** Somebody should send what was handed over. */
        void handedOver();

        /** An email may be begun, or not. */
        void lost();
    }

    Admissions(
            Lease lease,
            Instant mailboxSeen,
            LaneQueue queue,
            Listener round,
            InstantSource clock,
            int most) {
        this.lease = lease;
        this.mailboxSeen = mailboxSeen;
        this.queue = queue;
        this.round = round;
        this.clock = clock;
        this.most = most;
    }

    @Override
    public Optional<Admission> admit(Instant seen, int recipients) {
        if (!seen.equals(mailboxSeen) || !enter()) {
            return Optional.empty();
        }
        var begunAt = clock.instant();
        if (!queue.reserve(begunAt, recipients)) {
            leave(true);
            return Optional.empty();
        }
        return Optional.of(new One(new Begin(lease, mailboxSeen, begunAt), recipients));
    }

    private boolean enter() {
        lock.lock();
        try {
            if (isClosed || open >= most) {
                return false;
            }
            open++;
            uncommitted++;
            lastAt = System.nanoTime();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** One is committed or never will be; and is it at its end with that? */
    private void leave(boolean atItsEnd) {
        lock.lock();
        try {
            uncommitted--;
            open -= atItsEnd ? 1 : 0;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private final class One implements Admission {
        private final Begin begin;
        private final int recipients;

        One(Begin begin, int recipients) {
            this.begin = begin;
            this.recipients = recipients;
        }

        @Override
        public Begin begin() {
            return begin;
        }

        @Override
        public void send(DueEmail email) {
            lock.lock();
            try {
                handed.addLast(new Handed(email, begin.begunAt()));
            } finally {
                lock.unlock();
            }
            try {
                round.handedOver();
            } finally {
                leave(false);
            }
        }

        @Override
        public void cancel() {
            queue.giveBack(begin.begunAt(), recipients);
            leave(true);
        }

        @Override
        public void lost() {
            round.lost();
            leave(true);
        }
    }

    /** The next that is to be sent, if there is one. */
    Optional<Handed> next() {
        lock.lock();
        try {
            return Optional.ofNullable(handed.pollFirst());
        } finally {
            lock.unlock();
        }
    }

    /** One that was handed over is sent. */
    void sent() {
        lock.lock();
        try {
            open--;
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return handed.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether one alone is being committed or sent. */
    boolean isOne() {
        lock.lock();
        try {
            return open == 1;
        } finally {
            lock.unlock();
        }
    }

    /** How long nobody has come this way. */
    Duration idleFor() {
        lock.lock();
        try {
            return Duration.ofNanos(System.nanoTime() - lastAt);
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more. */
    void close() {
        lock.lock();
        try {
            isClosed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for those that are being committed; returns what nobody has sent. */
    List<Handed> drain() {
        lock.lock();
        try {
            while (uncommitted > 0) {
                ended.awaitUninterruptibly();
            }
            var rest = List.copyOf(handed);
            handed.clear();
            return rest;
        } finally {
            lock.unlock();
        }
    }
}
