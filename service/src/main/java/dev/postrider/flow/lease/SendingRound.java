package dev.postrider.flow.lease;

import dev.postrider.email.Attempt;
import dev.postrider.email.Lease;
import dev.postrider.email.Outcome;
import dev.postrider.flow.direct.ServedLanes;
import dev.postrider.flow.settle.Settle;
import dev.postrider.flow.store.QueuedEmails;
import dev.postrider.log.Journal;
import dev.postrider.machine.Fatal;
import dev.postrider.mailbox.LoadedMailbox;
import dev.postrider.mailbox.Mailbox;
import dev.postrider.mailbox.Mailboxes;
import dev.postrider.postgres.DatabaseAway;
import dev.postrider.postgres.Wakeups;
import dev.postrider.transport.Connections;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Sends what is due in one lane, through one mailbox as it was loaded, over as many connections as
 * there is mail for, until nothing is due or something ends it.
 */
final class SendingRound {
    /** How long an idle lane stays with its node, and its connections open. */
    private static final Duration LINGER = Duration.ofSeconds(20);

    /** How long mail waits for a connection that is stuck before another one is opened. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    /** How many waiting emails an attempt to connect counts for. */
    private static final int ATTEMPTED_AT_ONCE = 100;

    private static final Journal JOURNAL = Journal.of("flow");

    private final Lease lease;
    private final Mailbox mailbox;
    private final Connections connections;
    private final LaneQueue due;
    private final Wakeups.Lane lane;
    private final Tools tools;
    private final SettleBatches settle;
    private final RoundEnding ending;
    private final SendOver sendOver;

    /** How many threads send, or try to connect. */
    private final AtomicInteger sending = new AtomicInteger();

    /** Whether a connection has stood in this round. */
    private final AtomicBoolean stood = new AtomicBoolean();

    /** Whether a thread has found the server away. */
    private final AtomicBoolean away = new AtomicBoolean();

    private final Admissions admissions;
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

    /** What all rounds share. */
    record Tools(
            ServedLanes served,
            HeldLeases leases,
            TakeBatch take,
            QueuedEmails begun,
            Settle settle,
            Mailboxes mailboxes,
            InstantSource clock) {}

    SendingRound(
            Lease lease,
            LoadedMailbox loaded,
            Connections connections,
            MailboxRateLimit rateLimit,
            Wakeups.Lane lane,
            Tools tools,
            BooleanSupplier leave) {
        this.lease = lease;
        this.mailbox = loaded.mailbox();
        this.connections = connections;
        this.due = new LaneQueue(lease, this.mailbox, rateLimit, tools.take(), tools.clock());
        this.lane = lane;
        this.tools = tools;
        this.ending = new RoundEnding(lease, loaded, tools.leases(), tools.mailboxes(), leave);
        this.settle = new SettleBatches(lease, tools.settle(), this::dueAgain, ending::end);
        this.admissions =
                new Admissions(
                        lease,
                        this.mailbox.updatedAt(),
                        due,
                        new Admissions.Listener() {
                            @Override
                            public void handedOver() {
                                start(true);
                            }

                            @Override
                            public void lost() {
                                ending.end(new RoundEnd.DatabaseGone());
                            }
                        },
                        tools.clock(),
                        connections.limit() * BatchSize.FIRST);
        this.sendOver =
                new SendOver(
                        lease,
                        due,
                        admissions,
                        settle,
                        ending,
                        tools.leases(),
                        tools.clock(),
                        () -> start(false));
    }

    /** Runs to its end; all that it sent is settled then. */
    RoundEnd run() {
        tools.served().begin(lease.lane(), admissions);
        try (senders) {
            try {
                coordinate();
            } catch (InterruptedException _) {
                // the node stops, and its patience is over
                ending.end(new RoundEnd.Leave());
                senders.shutdownNow();
            } finally {
                tools.served().end(lease.lane(), admissions);
                admissions.close();
            }
        }
        settle(handedOver(new Outcome.NotSent("The round ended before its turn.")));
        settle.awaitAll();
        // an interrupt has cut the connections to the server; the one to the database must live on
        var _ = Thread.interrupted();
        return ending.why();
    }

    /** What was handed over and isn't sent, with what became of it; for a round that is over. */
    private List<Attempt> handedOver(Outcome outcome) {
        return admissions.drain().stream()
                .map(each ->
                        new Attempt(
                                each.email(),
                                lease.epoch(),
                                true,
                                each.begunAt(),
                                Optional.empty(),
                                Optional.empty(),
                                outcome))
                .toList();
    }

    /**
     * Sees to it that somebody sends when mail is due, and somebody else when the first is stuck.
     */
    private void coordinate() throws InterruptedException {
        start(true);
        while (ending.goesOn()) {
            var isBusy = sending.get() > 0;
            var wait =
                    isBusy
                            ? PATIENCE
                            : due.untilNext()
                                    .filter(next -> next.compareTo(LINGER) < 0)
                                    .orElse(LINGER);
            var isWoken = lane.await(wait);
            if (isWoken) {
                due.expectMore();
            }
            if (sending.get() > 0) {
                if (due.isMore() && due.sinceLastLook().compareTo(PATIENCE) >= 0) {
                    start(false);
                }
            } else if (isWoken || due.isMore()) {
                start(true);
            } else if (!isBusy
                    && wait.equals(LINGER)
                    && admissions.idleFor().compareTo(LINGER) >= 0) {
                ending.end(new RoundEnd.Idle(due.wakes()));
            }
        }
    }

    private void start(boolean patient) {
        if (sending.get() < connections.limit() && ending.goesOn()) {
            sending.incrementAndGet();
            try {
                senders.execute(() -> sendAndLeave(patient));
            } catch (RejectedExecutionException _) {
                // the round has ended in between
                sending.decrementAndGet();
            }
        }
    }

    private void sendAndLeave(boolean patient) {
        try {
            send(patient);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            sending.decrementAndGet();
        }
        if (!admissions.isEmpty()) {
            // it was handed over when this had looked for the last time
            start(true);
        }
    }

    /** What one connection does, whatever it meets. */
    private void send(boolean patient) throws InterruptedException {
        try {
            var batchSize = new BatchSize();
            var isDrained = false;
            while (!isDrained && ending.goesOn()) {
                isDrained =
                        switch (connections.connect(patient)) {
                            case Connections.Connecting.Busy() -> !patient;
                            case Connections.Connecting.Failed(var outcome) -> {
                                notConnected(outcome);
                                yield true;
                            }
                            case Connections.Connecting.Connected(var connection) -> {
                                stood.set(true);
                                try (connection) {
                                    yield sendOver.run(connection, batchSize);
                                }
                            }
                        };
            }
        } catch (DatabaseAway e) {
            JOURNAL.warning(
                    "database away",
                    "mailbox",
                    mailbox.id(),
                    "reason",
                    String.valueOf(e.getMessage()));
            ending.end(new RoundEnd.DatabaseGone());
        } catch (RuntimeException e) {
            ending.end(new RoundEnd.Failed(e));
        } catch (Error e) {
            Fatal.endIf(e);
            ending.end(new RoundEnd.Failed(new IllegalStateException(e)));
        }
    }

    /**
     * The attempt to connect was one for the emails whose turn it was. A server that has been there
     * in this round may only be restarting: then it is one for those alone whose callers wait, and
     * the others are due as before.
     */
    private void notConnected(Outcome outcome) {
        if (!away.compareAndSet(false, true)) {
            return;
        }
        ending.after(outcome);
        ending.end(new RoundEnd.ServerAway(outcome.detail()));
        admissions.close();
        settle(handedOver(outcome));
        // what never left is due again by then
        settle.awaitAll();
        var now = tools.clock().instant();
        settle(
                tools.begun().due(lease.lane(), ATTEMPTED_AT_ONCE).stream()
                        .filter(email -> email.awaited() || !stood.get())
                        .map(email -> Attempt.unbegun(email, lease.epoch(), now, outcome))
                        .toList());
    }

    /** What no connection has sent. */
    private void settle(List<Attempt> attempts) {
        settle.settle(TraceAttempts.ended(attempts));
    }

    private void dueAgain(Instant time) {
        due.again(time);
        lane.wake();
    }
}
