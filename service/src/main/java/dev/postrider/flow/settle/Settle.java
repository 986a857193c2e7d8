package dev.postrider.flow.settle;

import dev.postrider.email.Attempt;
import dev.postrider.email.Lease;
import dev.postrider.flow.settle.SettleTable.Settlement;
import dev.postrider.log.Journal;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.Wakeups;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Settles attempts, a batch in one transaction. */
public final class Settle {
    private static final Journal JOURNAL = Journal.of("flow");

    private final Database database;
    private final Wakeups wakeups;
    private final String node;
    private final DecideNext decide;

    public Settle(
            Database database,
            Wakeups wakeups,
            String node,
            RetrySchedule schedule,
            InstantSource clock,
            RandomGenerator random) {
        this.database = database;
        this.wakeups = wakeups;
        this.node = node;
        this.decide = new DecideNext(schedule, clock, random);
    }

    /** Writes what became of the attempts; committed when this returns. */
    public void settle(Lease lease, List<Attempt> attempts) {
        if (attempts.isEmpty()) {
            return;
        }
        var unsettled = write(lease, attempts);
        // their callers' time may have been over first: then what was promised them holds
        var again =
                unsettled.stream()
                        .filter(attempt -> attempt.email().awaited())
                        .map(Attempt::notAwaited)
                        .toList();
        var lost = new ArrayList<>(unsettled);
        lost.removeIf(attempt -> attempt.email().awaited());
        if (!again.isEmpty()) {
            lost.addAll(write(lease, again));
        }
        lost.forEach(attempt -> journalLost(lease, attempt));
    }

    /**
     * Writes a batch.
     *
     * @return the attempts that couldn't be settled as they are
     */
    private List<Attempt> write(Lease lease, List<Attempt> attempts) {
        var batch =
                attempts.stream()
                        .map(attempt ->
                                new Settlement(attempt, decide.after(attempt), lease.epoch()))
                        .toList();
        var settled = database.inTransaction(handle -> SettleTable.settle(handle, node, batch));
        var unsettled = new ArrayList<Attempt>();
        for (var one : batch) {
            if (settled.contains(one.email())) {
                wakeups.settled(one.email());
                journal(one);
            } else {
                unsettled.add(one.attempt());
            }
        }
        return unsettled;
    }

    private static void journalLost(Lease lease, Attempt attempt) {
        JOURNAL.warning(
                "not settled: the lease has ended, or the email was canceled",
                "email",
                attempt.email().key().id(),
                "mailbox",
                lease.lane().mailboxId(),
                "epoch",
                lease.epoch());
    }

    private void journal(Settlement one) {
        var email = one.attempt().email();
        JOURNAL.event(
                one.state().text(),
                "email",
                one.email(),
                "mailbox",
                email.lane().mailboxId(),
                "outcome",
                one.attempt().outcome().text(),
                "reply",
                one.words(),
                "attempt",
                email.attempts() + 1,
                "ms",
                Duration.between(one.attempt().begunAt(), Instant.now()).toMillis());
    }
}
