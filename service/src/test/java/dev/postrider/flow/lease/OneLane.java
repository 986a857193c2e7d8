package dev.postrider.flow.lease;

import dev.postrider.email.Attempt;
import dev.postrider.email.DueEmail;
import dev.postrider.email.LaneKey;
import dev.postrider.email.Lease;
import dev.postrider.email.Outcome;
import dev.postrider.flow.settle.Settle;
import dev.postrider.flow.store.QueuedEmails;
import dev.postrider.flow.store.TakeDueEmails;
import dev.postrider.flow.store.TakenBatch;
import dev.postrider.flow.store.lane.LaneLeases;
import dev.postrider.postgres.Database;
import dev.postrider.postgres.Wakeups;
import dev.postrider.rig.FlowRig;
import dev.postrider.rig.Lanes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A lane that a test leases, takes from and settles step by step, as a worker would. */
final class OneLane implements AutoCloseable {
    private final Database database;
    private final Lanes lanes;
    private final LaneLeases leases;
    private final QueuedEmails emails;
    private final Settle settle;
    private final LaneKey lane;

    OneLane(Database database) {
        var wakeups = new Wakeups();
        this.database = database;
        this.lanes = new Lanes(database, wakeups);
        this.leases = new LaneLeases(database, "here", Duration.ofSeconds(30));
        this.emails = new QueuedEmails(database);
        this.settle = FlowRig.settle(database, wakeups, "here");
        this.lane = lanes.sandbox();
    }

    Lanes lanes() {
        return lanes;
    }

    LaneKey lane() {
        return lane;
    }

    QueuedEmails emails() {
        return emails;
    }

    Lease lease() {
        return leases.claim(1, Duration.ZERO).getFirst();
    }

    List<DueEmail> begin(Lease lease) {
        return switch (take(lease, 9)) {
            case TakenBatch.Begun begun -> begun.emails();
            case TakenBatch.LeaseEnded(), TakenBatch.MailboxChanged() ->
                    throw new AssertionError(lease);
        };
    }

    TakenBatch take(Lease lease, int messages) {
        var wanted =
                new TakenBatch.Wanted(lease, lanes.changedAt(lane), messages, 100, Instant.now());
        return Objects.requireNonNull(
                database.inTransaction(handle -> TakeDueEmails.take(handle, List.of(wanted)))
                        .get(wanted));
    }

    void settle(Lease lease, List<Attempt> attempts) {
        var _ = settle.settle(lease, attempts).toCompletableFuture().join();
    }

    static Attempt begun(Lease lease, DueEmail email, Outcome outcome) {
        return attempt(email, lease.epoch(), true, outcome);
    }

    static Attempt unbegun(Lease lease, DueEmail email, Outcome outcome) {
        return attempt(email, lease.epoch(), false, outcome);
    }

    static Attempt attempt(DueEmail email, long epoch, boolean begun, Outcome outcome) {
        return new Attempt(
                email,
                epoch,
                begun,
                Instant.now(),
                Optional.of("mx:25"),
                Optional.of("TLSv1.3"),
                outcome);
    }

    @Override
    public void close() throws InterruptedException {
        settle.close();
        lanes.close();
    }
}
