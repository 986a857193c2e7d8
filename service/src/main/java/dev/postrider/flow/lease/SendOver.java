package dev.postrider.flow.lease;

import dev.postrider.email.Attempt;
import dev.postrider.email.DueEmail;
import dev.postrider.email.Lease;
import dev.postrider.email.Outcome;
import dev.postrider.machine.StopPoint;
import dev.postrider.transport.Connection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** What one connection of a round sends. The round's threads share it, each with its connection. */
final class SendOver {
    private final Lease lease;
    private final LaneQueue due;
    private final Admissions admissions;
    private final SettleBatches settle;
    private final RoundEnding ending;
    private final HeldLeases leases;
    private final InstantSource clock;
    private final Runnable another;

    /**
     * @param another called when there is mail for another connection
     */
    SendOver(
            Lease lease,
            LaneQueue due,
            Admissions admissions,
            SettleBatches settle,
            RoundEnding ending,
            HeldLeases leases,
            InstantSource clock,
            Runnable another) {
        this.lease = lease;
        this.due = due;
        this.admissions = admissions;
        this.settle = settle;
        this.ending = ending;
        this.leases = leases;
        this.clock = clock;
        this.another = another;
    }

    /**
     * Sends what was handed over, and takes emails and sends them, until nothing more is due,
     * something ends the round or the connection is of no more use.
     *
     * @return whether nothing more is due
     */
    boolean run(Connection connection, BatchSize batchSize) {
        while (ending.goesOn() && connection.isUsable()) {
            var handed = admissions.next();
            if (handed.isPresent()) {
                var one = handed.get();
                StopPoint.HANDED_OVER.pass();
                send(
                        connection,
                        List.of(one.email()),
                        one.begunAt(),
                        batchSize,
                        this::settleHanded);
                admissions.sent();
            } else if (due.mayHaveMore()) {
                takeAndSend(connection, batchSize);
            } else {
                return true;
            }
        }
        return false;
    }

    private void takeAndSend(Connection connection, BatchSize batchSize) {
        var begunAt = clock.instant();
        var emails = emails(due.take(batchSize.messages(), begunAt));
        if (due.isMore()) {
            another.run();
        }
        if (!emails.isEmpty()) {
            TraceAttempts.taken(lease, emails, begunAt);
            send(connection, emails, begunAt, batchSize, settle::settle);
        }
    }

    private void send(
            Connection connection,
            List<DueEmail> emails,
            Instant begunAt,
            BatchSize batchSize,
            Consumer<List<Attempt>> settleSome) {
        var start = System.nanoTime();
        var ended =
                new EndedAttempts(attempts -> {
                    due.giveBack(attempts.stream().filter(Attempt::isUnsent).toList());
                    settleSome.accept(attempts);
                });
        connection.send(
                lease,
                emails,
                begunAt,
                () -> leases.holds(lease),
                attempt -> {
                    StopPoint.ANSWERED.pass();
                    ending.after(attempt.outcome());
                    TraceAttempts.ended(attempt);
                    ended.add(attempt);
                });
        batchSize.sent(emails.size(), System.nanoTime() - start);
        if (ended.all(SendOver::isServerAway)) {
            ending.end(new RoundEnd.ServerAway(ended.first().outcome().detail()));
        }
        ended.settle();
    }

    /** Another thread would have to be woken for it, and nothing else waits for this one. */
    private void settleHanded(List<Attempt> attempts) {
        if (admissions.isOne() && !due.mayHaveMore()) {
            settle.settleHere(attempts);
        } else {
            settle.settle(attempts);
        }
    }

    private List<DueEmail> emails(LaneQueue.Turn turn) {
        return switch (turn) {
            case LaneQueue.Turn.Emails(var emails) -> emails;
            case LaneQueue.Turn.Over(var why) -> {
                ending.end(why);
                yield List.of();
            }
        };
    }

    private static boolean isServerAway(Attempt attempt) {
        return attempt.outcome() instanceof Outcome.Unreachable
                || attempt.outcome() instanceof Outcome.Broken;
    }
}
