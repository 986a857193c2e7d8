package dev.postrider.flow.settle;

import dev.postrider.email.Attempt;
import dev.postrider.email.AttemptEnd;
import dev.postrider.email.EmailState;
import dev.postrider.email.Lease;
import dev.postrider.email.Node;
import dev.postrider.email.Outcome;
import dev.postrider.flow.store.EventOutbox;
import dev.postrider.flow.store.SettleEmails;
import dev.postrider.flow.store.Settlement;
import dev.postrider.log.Journal;
import dev.postrider.machine.StopPoint;
import dev.postrider.meter.LabelledCounter;
import dev.postrider.meter.LabelledTimer;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.GroupCommit;
import dev.postrider.postgres.Wakeups;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Settles attempts; those that end at about the same time share a transaction, whatever their lane.
 */
@Singleton
public final class Settle implements AutoCloseable {
    private static final Journal JOURNAL = Journal.of("flow");
    private static final LabelledTimer ATTEMPTS =
            new LabelledTimer(
                    "postrider.attempts",
                    "Attempts to send an email, by what became of them",
                    "outcome");
    private static final LabelledCounter FINISHED =
            new LabelledCounter(
                    "postrider.emails.finished", "Emails whose state is final now", "state");

    /** Each lane has a few under way at most. */
    private static final int CAPACITY = 100_000;

    /**
     * What a server has said must not be forgotten because the database is away: as long as no
     * other node has taken the lane it can still be written.
     */
    private static final GroupCommit.Terms TERMS =
            new GroupCommit.Terms(CAPACITY, 100, 1, Duration.ofDays(1));

    private final GroupCommit<Ended> commits;
    private final Wakeups wakeups;
    private final DecideNext decide;

    /**
     * Workspaces that had webhooks when last something was settled in them: there the short
     * statement would be in vain. Only a guess; the statement looks itself.
     */
    private final Set<UUID> watched = ConcurrentHashMap.newKeySet();

    /** The attempts that ended together in one lane, with what follows from each. */
    private record Ended(Lease lease, List<Settlement> settlements, Map<UUID, Settlement> settled) {
        Stream<Settlement> unsettled() {
            return settlements.stream().filter(one -> !settled.containsKey(one.email()));
        }

        void settled(Map<UUID, Settlement> written) {
            unsettled()
                    .flatMap(one -> Stream.ofNullable(written.get(one.email())))
                    .toList()
                    .forEach(one -> settled.put(one.email(), one));
        }
    }

    public Settle(
            Database database,
            Wakeups wakeups,
            Node node,
            RetrySchedule schedule,
            InstantSource clock,
            RandomGenerator random) {
        ATTEMPTS.show(Outcome.TEXTS);
        FINISHED.show(
                Stream.of(EmailState.values())
                        .filter(EmailState::isFinal)
                        .map(EmailState::text)
                        .toList());
        this.wakeups = wakeups;
        this.decide = new DecideNext(schedule, clock, random);
        this.commits =
                new GroupCommit<>("settle", TERMS, batch -> commit(database, node.name(), batch));
    }

    /**
     * Writes what became of a lane's attempts.
     *
     * @return complete when that is committed, with the time at which the first of them is due
     *     again
     */
    public CompletionStage<Optional<Instant>> settle(Lease lease, List<Attempt> attempts) {
        return settle(lease, attempts, commits::offer);
    }

    /**
     * The same by the calling thread, where nobody else settles: for one that has nothing else to
     * do until then. An interrupt doesn't end it.
     */
    public CompletionStage<Optional<Instant>> settleHere(Lease lease, List<Attempt> attempts) {
        return settle(lease, attempts, commits::offerOrWrite);
    }

    private CompletionStage<Optional<Instant>> settle(
            Lease lease,
            List<Attempt> attempts,
            Function<Ended, Optional<CompletionStage<Void>>> write) {
        if (attempts.isEmpty()) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        var ended = new Ended(lease, settlements(lease, attempts), new HashMap<>());
        var begun = Instant.now();
        return write.apply(ended)
                .map(committed -> committed.thenApply(_ -> tell(ended, begun)))
                .orElseGet(() ->
                        CompletableFuture.failedStage(
                                new IllegalStateException("The program is stopping.")));
    }

    private List<Settlement> settlements(Lease lease, List<Attempt> attempts) {
        return attempts.stream()
                .map(attempt -> new Settlement(attempt, decide.after(attempt), lease.epoch()))
                .toList();
    }

    /** What a first try has settled whose rest was lost isn't settled again. */
    private void commit(Database database, String node, List<Ended> batch) {
        settlePlain(database, node, batch);
        var rest = unsettled(batch);
        if (!rest.isEmpty()) {
            var settled = database.inTransaction(handle -> settleAll(handle, node, rest));
            batch.forEach(each -> each.settled(settled));
        }
    }

    private static List<Settlement> unsettled(List<Ended> batch) {
        return batch.stream().flatMap(Ended::unsettled).toList();
    }

    /** By one statement, and so in one round trip, what needs no more than that. */
    private void settlePlain(Database database, String node, List<Ended> batch) {
        var plain =
                unsettled(batch).stream()
                        .filter(one -> one.isPlain() && !watched.contains(one.workspace()))
                        .toList();
        if (!plain.isEmpty()) {
            var settled =
                    database.statement(handle -> SettleEmails.settlePlain(handle, node, plain));
            batch.forEach(each -> each.settled(settled));
        }
    }

    private Map<UUID, Settlement> settleAll(Handle handle, String node, List<Settlement> all) {
        var first = settle(handle, node, all);
        var again = noLongerAwaited(all, first.keySet());
        if (!again.isEmpty()) {
            first.putAll(settle(handle, node, again));
        }
        return first;
    }

    /** What webhooks are to be told is written with it. */
    private Map<UUID, Settlement> settle(Handle handle, String node, List<Settlement> batch) {
        var settled = SettleEmails.settle(handle, node, batch);
        settled.all().values().forEach(one -> watched.remove(one.workspace()));
        settled.told().forEach(one -> watched.add(one.workspace()));
        EventOutbox.insert(handle, settled.told().stream().flatMap(AttemptEvents::of).toList());
        return settled.all();
    }

    /** Their callers' time was over first: then what was promised them holds. */
    private List<Settlement> noLongerAwaited(List<Settlement> all, Set<UUID> settled) {
        return all.stream()
                .filter(one -> one.attempt().email().awaited() && !settled.contains(one.email()))
                .map(one -> {
                    var attempt = one.attempt().notAwaited();
                    return new Settlement(attempt, decide.after(attempt), one.leaseEpoch());
                })
                .toList();
    }

    private Optional<Instant> tell(Ended ended, Instant begun) {
        StopPoint.SETTLED.pass();
        TraceSettling.settled(ended.settlements(), ended.settled(), begun);
        var dueAgain = new ArrayList<Instant>();
        for (var one : ended.settlements()) {
            var settled = ended.settled().get(one.email());
            if (settled == null) {
                journalLost(ended.lease(), one);
            } else {
                count(settled);
                if (!settled.goesOn()) {
                    wakeups.settled(settled.email(), end(settled));
                }
                journal(settled);
                settled.againAt().ifPresent(dueAgain::add);
            }
        }
        return dueAgain.stream().min(Comparator.naturalOrder());
    }

    private static AttemptEnd end(Settlement one) {
        return new AttemptEnd(
                one.isKept(), one.state(), one.reason(), one.attempt().outcome().text());
    }

    private static void journalLost(Lease lease, Settlement one) {
        JOURNAL.warning(
                "not settled: the lease has ended, or the email was canceled",
                "email",
                one.email(),
                "mailbox",
                lease.lane().mailboxId(),
                "epoch",
                lease.epoch());
    }

    private static void journal(Settlement one) {
        var email = one.attempt().email();
        JOURNAL.event(
                one.isKept() ? one.state().text() : "not kept",
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

    private static void count(Settlement one) {
        var attempt = one.attempt();
        ATTEMPTS.add(attempt.outcome().text(), Duration.between(attempt.begunAt(), Instant.now()));
        // what isn't kept has no state: its caller was told
        if (one.isKept() && one.state().isFinal()) {
            FINISHED.add(one.state().text(), 1);
        }
    }

    /** Writes what is under way, for a few seconds at most when the database is away. */
    @Override
    public void close() throws InterruptedException {
        commits.close();
    }
}
