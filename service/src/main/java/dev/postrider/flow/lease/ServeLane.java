package dev.postrider.flow.lease;

import dev.postrider.email.Attempt;
import dev.postrider.email.DueEmail;
import dev.postrider.email.Lease;
import dev.postrider.email.Outcome;
import dev.postrider.flow.send.Carrier;
import dev.postrider.flow.send.LaneCarrier;
import dev.postrider.flow.send.OpenCarrier;
import dev.postrider.flow.settle.Settle;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.postgres.Wakeups;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Serves one lane for one lease: sends what is due, settles it, looks again, and gives the lane
 * back.
 */
final class ServeLane {
    private static final int BATCH = 20;

    /** How many batches a lane gets before others have a turn. */
    private static final int QUANTUM = 50;

    /** How long an idle lane stays with its node, and its connection open. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final LaneTable lanes;
    private final DueTable emails;
    private final HeldLeases leases;
    private final Mailboxes mailboxes;
    private final OpenCarrier carriers;
    private final Settle settle;
    private final Wakeups wakeups;
    private final BooleanSupplier stopping;

    ServeLane(
            LaneTable lanes,
            DueTable emails,
            HeldLeases leases,
            Mailboxes mailboxes,
            OpenCarrier carriers,
            Settle settle,
            Wakeups wakeups,
            BooleanSupplier stopping) {
        this.lanes = lanes;
        this.emails = emails;
        this.leases = leases;
        this.mailboxes = mailboxes;
        this.carriers = carriers;
        this.settle = settle;
        this.wakeups = wakeups;
        this.stopping = stopping;
    }

    void serve(Lease lease) throws InterruptedException {
        try (var lane = wakeups.serve(lease.lane());
                var carrier = carriers.lane(lease.lane())) {
            settleBegunBefore(lease);
            if (!turns(lease, lane, carrier)) {
                lanes.giveBackUnfinished(lease);
            }
        } finally {
            leases.forget(lease);
            wakeups.laneWoken(lease.lane());
        }
    }

    /** Whether the lane was given back in the end. */
    private boolean turns(Lease lease, Wakeups.Lane lane, LaneCarrier carrier)
            throws InterruptedException {
        for (var turn = 0; turn < QUANTUM; turn++) {
            if (stopping.getAsBoolean() || !leases.holds(lease)) {
                return false;
            }
            if (turn(lease, lane, carrier)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Sends one batch, or waits for one.
     *
     * @return whether the lane was given back
     */
    private boolean turn(Lease lease, Wakeups.Lane lane, LaneCarrier carrier)
            throws InterruptedException {
        var wakes = lanes.wakes(lease.lane());
        var due = emails.due(lease.lane(), BATCH);
        if (due.isEmpty()) {
            return !lane.await(LINGER) && lanes.giveBack(lease, wakes);
        }
        return switch (carrier.ready()) {
            case LaneCarrier.Ready.NotSending(var held) -> {
                held.ifPresent(reason -> tellWaiting(lease, due, reason));
                yield lanes.putToSleep(lease, wakes);
            }
            case LaneCarrier.Ready.Sending(var ready, var mailbox) -> {
                var attempts = ready.carry(lease, due, begin(lease));
                // held before it is settled, so that the caller who waits finds it held
                var rest = rest(mailbox, attempts);
                settle.settle(lease, attempts);
                yield rest.isPresent() && giveBackToRest(lease, rest.get());
            }
        };
    }

    /** Callers who wait for a mailbox that was held meanwhile are told at once. */
    private void tellWaiting(Lease lease, List<DueEmail> due, String reason) {
        var now = Instant.now();
        settle.settle(
                lease,
                due.stream()
                        .filter(DueEmail::awaited)
                        .map(email ->
                                new Attempt(
                                        email,
                                        lease.epoch(),
                                        false,
                                        now,
                                        Optional.empty(),
                                        Optional.empty(),
                                        new Outcome.LoginRefused(reason)))
                        .toList());
    }

    private boolean giveBackToRest(Lease lease, Duration pause) {
        lanes.giveBackToRest(lease, pause);
        return true;
    }

    private Carrier.Begin begin(Lease lease) {
        return new Carrier.Begin() {
            @Override
            public List<DueEmail> begin(List<DueEmail> due) {
                return leases.holds(lease) ? emails.begin(lease, due) : List.of();
            }

            @Override
            public boolean holds() {
                return leases.holds(lease);
            }
        };
    }

    /** What an earlier lease left begun: nobody can say whether the server took it. */
    private void settleBegunBefore(Lease lease) {
        var unknown =
                emails.begunBefore(lease).stream()
                        .map(begun ->
                                new Attempt(
                                        begun.email(),
                                        begun.epoch(),
                                        true,
                                        Instant.now(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        new Outcome.Unknown(
                                                "The program stopped while this was being sent.")))
                        .toList();
        settle.settle(lease, unknown);
    }

    /** A refused login holds the mailbox; a provider's limit asks for a rest. */
    private Optional<Duration> rest(Mailbox mailbox, List<Attempt> attempts) {
        var rest = Optional.<Duration>empty();
        for (var attempt : attempts) {
            switch (attempt.outcome()) {
                case Outcome.LoginRefused(var detail) -> mailboxes.hold(mailbox, detail);
                case Outcome.Throttled(_, var pause) -> rest = Optional.of(pause);
                case Outcome.Accepted _,
                        Outcome.Deferred _,
                        Outcome.Refused _,
                        Outcome.Unsendable _,
                        Outcome.Unreachable _,
                        Outcome.Broken _,
                        Outcome.Unknown _ -> {}
            }
        }
        return rest;
    }
}
