package dev.postrider.flow.settle;

import dev.postrider.email.Attempt;
import dev.postrider.email.Lease;
import dev.postrider.flow.settle.SettleTable.Settlement;
import dev.postrider.log.Journal;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.Wakeups;
import java.time.Duration;
import java.time.InstantSource;
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
        var batch =
                attempts.stream()
                        .map(attempt ->
                                new Settlement(attempt, decide.after(attempt), lease.epoch()))
                        .toList();
        var settled = database.inTransaction(handle -> SettleTable.settle(handle, node, batch));
        for (var one : batch) {
            if (settled.contains(one.email())) {
                wakeups.settled(one.email());
                journal(one);
            } else {
                JOURNAL.warning(
                        "not settled, the lease has ended",
                        "email",
                        one.email(),
                        "mailbox",
                        lease.lane().mailboxId(),
                        "epoch",
                        lease.epoch());
            }
        }
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
                Duration.between(one.attempt().begunAt(), java.time.Instant.now()).toMillis());
    }
}
