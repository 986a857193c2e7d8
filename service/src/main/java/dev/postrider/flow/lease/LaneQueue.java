package dev.postrider.flow.lease;

import dev.postrider.email.Attempt;
import dev.postrider.email.DueEmail;
import dev.postrider.email.Lease;
import dev.postrider.flow.store.TakeDueEmails;
import dev.postrider.flow.store.TakenBatch;
import dev.postrider.flow.store.TakenBatch.Wanted;
import dev.postrider.mailbox.Mailbox;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lane's due emails, taken under its mailbox's limits. Safe for concurrent use: one connection
 * takes at a time.
 */
final class LaneQueue {
    private final Lease lease;
    private final Mailbox mailbox;
    private final MailboxRateLimit rateLimit;
    private final TakeBatch take;
    private final InstantSource clock;

    /** Guards the rate limit and what follows. */
    private final ReentrantLock lock = new ReentrantLock();

    private long wakes;
    private long lookedAt = System.nanoTime();
    private Optional<Instant> nextDue = Optional.empty();
    private boolean hasLooked;

    LaneQueue(
            Lease lease,
            Mailbox mailbox,
            MailboxRateLimit rateLimit,
            TakeBatch take,
            InstantSource clock) {
        this.lease = lease;
        this.mailbox = mailbox;
        this.rateLimit = rateLimit;
        this.take = take;
        this.clock = clock;
    }

    /** What a connection got. */
    sealed interface Turn {
        /** Emails that are marked begun; none when none is due. */
        record Emails(List<DueEmail> emails) implements Turn {}

        /** Nothing may be taken any more. */
        record Over(RoundEnd why) implements Turn {}
    }

    Turn take(int messages, Instant begunAt) {
        lock.lock();
        try {
            lookedAt = System.nanoTime();
            hasLooked = true;
            return switch (rateLimit.grant(begunAt, messages)) {
                case MailboxRateLimit.Grant.None none -> new Turn.Over(rest(none));
                case MailboxRateLimit.Grant.Some(var most, var recipients) ->
                        take(wanted(most, recipients, begunAt));
            };
        } finally {
            lock.unlock();
        }
    }

    private Wanted wanted(int messages, int recipients, Instant begunAt) {
        return new Wanted(lease, mailbox.updatedAt(), messages, recipients, begunAt);
    }

    /** The next email has more recipients than the day has left; on a fresh day it goes alone. */
    private Turn takeLarge(Instant begunAt) {
        return rateLimit.isFresh()
                ? take(wanted(1, Integer.MAX_VALUE, begunAt))
                : new Turn.Over(rest(rateLimit.tooManyRecipients(begunAt)));
    }

    private static RoundEnd rest(MailboxRateLimit.Grant.None none) {
        return new RoundEnd.Rest(
                none.rest(),
                none.limit(),
                "Its limit of " + none.most() + " " + none.limit().words() + " is reached.");
    }

    private Turn take(Wanted wanted) {
        return switch (take.take(wanted)) {
            case TakenBatch.LeaseEnded() -> new Turn.Over(new RoundEnd.LeaseEnded());
            case TakenBatch.MailboxChanged() -> new Turn.Over(new RoundEnd.MailboxChanged());
            case TakenBatch.Begun(_, _, _, var isTooLarge) when isTooLarge ->
                    takeLarge(wanted.begunAt());
            case TakenBatch.Begun(var emails, var wakesBefore, var due, _) -> {
                wakes = wakesBefore;
                nextDue = due;
                if (!emails.isEmpty()) {
                    rateLimit.use(
                            wanted.begunAt(), emails.size(), TakeDueEmails.recipients(emails));
                }
                yield new Turn.Emails(emails);
            }
        };
    }

    /**
     * Counts one message as begun that isn't taken here, unless others are due, or a limit is
     * reached, or somebody is looking: then it takes its turn.
     */
    boolean reserve(Instant begunAt, int recipients) {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            var fits =
                    hasLooked
                            && !isDue(begunAt)
                            && rateLimit.grant(begunAt, 1)
                                    instanceof MailboxRateLimit.Grant.Some(_, var left)
                            && recipients <= left;
            if (fits) {
                rateLimit.use(begunAt, 1, recipients);
            }
            return fits;
        } finally {
            lock.unlock();
        }
    }

    /** One that was reserved, and isn't begun. */
    void giveBack(Instant begunAt, int recipients) {
        lock.lock();
        try {
            rateLimit.giveBack(begunAt, 1, recipients);
        } finally {
            lock.unlock();
        }
    }

    /** Messages that were begun and not sent after all: no limit counts them. */
    void giveBack(List<Attempt> unsent) {
        if (unsent.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            rateLimit.giveBack(
                    unsent.getFirst().begunAt(),
                    unsent.size(),
                    unsent.stream().mapToInt(one -> one.email().recipients().size()).sum());
        } finally {
            lock.unlock();
        }
    }

    /** The lane was woken: perhaps something is due that the last look hasn't seen. */
    void expectMore() {
        again(clock.instant());
    }

    /** How long nobody has looked for due emails. */
    Duration sinceLastLook() {
        lock.lock();
        try {
            return Duration.ofNanos(System.nanoTime() - lookedAt);
        } finally {
            lock.unlock();
        }
    }

    /** Whether the last look for due emails left some that are due now. */
    boolean isMore() {
        lock.lock();
        try {
            return isDue(clock.instant());
        } finally {
            lock.unlock();
        }
    }

    /** Whether a look is worth it: some are due now, or nobody has looked yet. */
    boolean mayHaveMore() {
        lock.lock();
        try {
            return !hasLooked || isDue(clock.instant());
        } finally {
            lock.unlock();
        }
    }

    private boolean isDue(Instant now) {
        return nextDue.filter(due -> !due.isAfter(now)).isPresent();
    }

    /** How long until the next email is due, and a little: the database's clock decides. */
    Optional<Duration> untilNext() {
        lock.lock();
        try {
            var now = clock.instant();
            return nextDue.map(due -> Duration.between(now, due))
                    .map(until -> (until.isNegative() ? Duration.ZERO : until).plusMillis(5));
        } finally {
            lock.unlock();
        }
    }

    /** An email was settled that is due again. */
    void again(Instant due) {
        lock.lock();
        try {
            nextDue = Optional.of(nextDue.filter(due::isAfter).orElse(due));
        } finally {
            lock.unlock();
        }
    }

    /** The lane's count of wake-ups before the last look for due emails. */
    long wakes() {
        lock.lock();
        try {
            return wakes;
        } finally {
            lock.unlock();
        }
    }
}
