package dev.postrider.flow.lease;

import dev.postrider.email.Attempt;
import dev.postrider.email.DueEmail;
import dev.postrider.email.Lease;
import dev.postrider.email.Outcome;
import dev.postrider.flow.settle.Settle;
import dev.postrider.flow.store.QueuedEmails;
import dev.postrider.flow.store.lane.GiveBackLanes;
import dev.postrider.flow.store.lane.MailboxUsage;
import dev.postrider.log.Journal;
import dev.postrider.mailbox.HoldReason;
import dev.postrider.mailbox.LoadedMailbox;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.MailboxState;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.postgres.DatabaseAway;
import dev.postrider.postgres.Wakeups;
import dev.postrider.transport.Connections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Serves one lane for one lease, in rounds, and gives the lane back. */
final class ServeLane {
    private static final Journal JOURNAL = Journal.of("flow");
    private static final long DATABASE_PAUSE_NANOS = 500_000_000;

    /** What is looked at to tell callers who wait. */
    private static final int TOLD_AT_ONCE = 100;

    private final GiveBackLanes lanes;
    private final MailboxUsage uses;
    private final QueuedEmails begun;
    private final HeldLeases leases;
    private final Mailboxes mailboxes;
    private final Settle settle;
    private final Wakeups wakeups;
    private final SendingRound.Tools tools;
    private final TellLimits limits;

    ServeLane(
            GiveBackLanes lanes,
            MailboxUsage uses,
            Wakeups wakeups,
            SendingRound.Tools tools,
            TellLimits limits) {
        this.limits = limits;
        this.lanes = lanes;
        this.uses = uses;
        this.wakeups = wakeups;
        this.tools = tools;
        this.begun = tools.begun();
        this.leases = tools.leases();
        this.mailboxes = tools.mailboxes();
        this.settle = tools.settle();
    }

    /**
     * Serves the lane to the lease's end.
     *
     * @param leave whether others should have their turn
     */
    void serve(Lease lease, BooleanSupplier leave) throws InterruptedException {
        try (var lane = wakeups.serve(lease.lane())) {
            settleBegun(lease);
            var isServed = true;
            while (isServed && leases.holds(lease)) {
                isServed = round(lease, lane, leave);
            }
        } finally {
            leases.drop(lease);
            wakeups.laneWoken(lease.lane());
        }
    }

    /** Whether the lane is still this node's after the round. */
    private boolean round(Lease lease, Wakeups.Lane lane, BooleanSupplier leave)
            throws InterruptedException {
        // read before the mailbox is looked at: a release after that wakes the lane
        var wakes = lanes.wakes(lease.lane());
        var opened = mailboxes.load(lease.lane().workspaceId(), lease.lane().mailboxId());
        return switch (opened.map(this::sendable)
                .orElseGet(() -> new Sendable.No(Optional.empty()))) {
            case Sendable.Yes(var ready) -> !isOver(lease, send(lease, ready, lane, leave));
            case Sendable.No(var held) -> {
                held.ifPresent(reason -> tellWaiting(lease, reason));
                yield !lanes.putToSleep(lease, wakes);
            }
        };
    }

    /** Whether a mailbox sends now. */
    private sealed interface Sendable {
        record Yes(LoadedMailbox.Ready opened) implements Sendable {}

        /**
         * It is held or paused, or gone: its mail waits.
         *
         * @param held why it is held; empty when it isn't
         */
        record No(Optional<String> held) implements Sendable {}
    }

    private Sendable sendable(LoadedMailbox opened) {
        return switch (opened.mailbox().state()) {
            case MailboxState.Active _ -> active(opened);
            case MailboxState.Held(var why) -> new Sendable.No(Optional.of(why.text()));
            case MailboxState.Paused _ -> new Sendable.No(Optional.empty());
        };
    }

    private Sendable active(LoadedMailbox opened) {
        return switch (opened) {
            case LoadedMailbox.Ready ready -> new Sendable.Yes(ready);
            case LoadedMailbox.Unreadable(_, _, var reason) -> {
                mailboxes.hold(opened, HoldReason.unreadable(reason));
                yield new Sendable.No(Optional.of(reason));
            }
        };
    }

    private RoundEnd send(
            Lease lease, LoadedMailbox.Ready opened, Wakeups.Lane lane, BooleanSupplier leave)
            throws InterruptedException {
        Mailbox mailbox = opened.mailbox();
        var rateLimit = new MailboxRateLimit(mailbox.limits(), uses.used(lease.lane()));
        try (var connections = connections(opened)) {
            return new SendingRound(lease, opened, connections, rateLimit, lane, tools, leave)
                    .run();
        }
    }

    private static Connections connections(LoadedMailbox.Ready opened) {
        var mailbox = opened.mailbox();
        var connections =
                mailbox.transport()
                        .connections(mailbox.key(), opened.credential(), mailbox.limits());
        return mailbox.transport().looksForSent()
                ? connections
                : new ConnectionsThatCannotLook(connections);
    }

    private boolean isOver(Lease lease, RoundEnd roundEnd) {
        return switch (roundEnd) {
            case RoundEnd.Idle(var wakes) -> lanes.giveBack(lease, wakes);
            case RoundEnd.Rest(var pause, var limit, var reason) -> {
                JOURNAL.event(
                        "mailbox rests",
                        "mailbox",
                        lease.lane().mailboxId(),
                        "seconds",
                        pause.toSeconds(),
                        "reason",
                        reason);
                lanes.giveBackToRest(
                        lease,
                        pause,
                        reason,
                        (handle, until) ->
                                limits.reached(handle, lease.lane(), limit, until, reason));
                yield true;
            }
            case RoundEnd.ServerAway(var reason) -> {
                var pause = lanes.giveBackAfterFailure(lease, reason);
                JOURNAL.warning(
                        "mailbox rests",
                        "mailbox",
                        lease.lane().mailboxId(),
                        "seconds",
                        pause,
                        "reason",
                        reason);
                yield true;
            }
            case RoundEnd.MailboxChanged() -> false;
            case RoundEnd.Leave() -> {
                lanes.giveBackUnfinished(lease);
                yield true;
            }
            case RoundEnd.LeaseEnded() -> true;
            case RoundEnd.DatabaseGone() -> {
                settleWhatALostCommitBegan(lease);
                yield false;
            }
            case RoundEnd.Failed(var cause) -> throw cause;
        };
    }

    /** Callers who wait for a mailbox that was held meanwhile are told at once. */
    private void tellWaiting(Lease lease, String reason) {
        var now = tools.clock().instant();
        settleNow(
                lease,
                begun.due(lease.lane(), TOLD_AT_ONCE).stream()
                        .filter(DueEmail::awaited)
                        .map(email ->
                                Attempt.unbegun(
                                        email,
                                        lease.epoch(),
                                        now,
                                        new Outcome.LoginRefused(reason)))
                        .toList());
    }

    /** What an earlier lease left begun: nobody can say whether the server took it. */
    private void settleBegun(Lease lease) {
        var left = begun.begun(lease);
        while (!left.isEmpty() && leases.holds(lease)) {
            var mayBeFound =
                    mailboxes
                            .find(lease.lane().workspaceId(), lease.lane().mailboxId())
                            .filter(mailbox -> mailbox.transport().looksForSent())
                            .isPresent();
            settleBegun(
                    lease,
                    left,
                    new Outcome.Unknown(
                            "The program stopped while this was being sent: it may have been sent.",
                            mayBeFound));
            left = left.size() == QueuedEmails.BEGUN_AT_ONCE ? begun.begun(lease) : List.of();
        }
    }

    /** All else that this lease began is settled, so this was never handed over. */
    private void settleWhatALostCommitBegan(Lease lease) {
        while (leases.holds(lease)) {
            try {
                settleBegun(
                        lease,
                        begun.begun(lease),
                        new Outcome.Unreachable("The database was away when this was to be sent."));
                return;
            } catch (DatabaseAway _) {
                LockSupport.parkNanos(DATABASE_PAUSE_NANOS);
            }
        }
    }

    private void settleBegun(Lease lease, List<QueuedEmails.Begun> left, Outcome outcome) {
        settleNow(
                lease,
                left.stream()
                        .map(each ->
                                new Attempt(
                                        each.email(),
                                        each.epoch(),
                                        true,
                                        each.at(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        outcome))
                        .toList());
    }

    private void settleNow(Lease lease, List<Attempt> attempts) {
        try {
            var ended = settle.settle(lease, TraceAttempts.ended(attempts));
            var _ = ended.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
