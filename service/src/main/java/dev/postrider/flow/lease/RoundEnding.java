package dev.postrider.flow.lease;

import dev.postrider.email.Lease;
import dev.postrider.email.Outcome;
import dev.postrider.mailbox.HoldReason;
import dev.postrider.mailbox.LoadedMailbox;
import dev.postrider.mailbox.Mailboxes;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Whether a round goes on, and what has ended it. Asked and told by all threads of the round. */
final class RoundEnding {
    private final Lease lease;
    private final LoadedMailbox loaded;
    private final HeldLeases leases;
    private final Mailboxes mailboxes;
    private final BooleanSupplier leave;
    private final AtomicReference<@Nullable RoundEnd> why = new AtomicReference<>();

    /**
     * @param leave whether others should have their turn
     */
    RoundEnding(
            Lease lease,
            LoadedMailbox loaded,
            HeldLeases leases,
            Mailboxes mailboxes,
            BooleanSupplier leave) {
        this.lease = lease;
        this.loaded = loaded;
        this.leases = leases;
        this.mailboxes = mailboxes;
        this.leave = leave;
    }

    boolean goesOn() {
        if (why.get() == null) {
            if (!leases.holds(lease)) {
                end(new RoundEnd.LeaseEnded());
            } else if (leave.getAsBoolean()) {
                end(new RoundEnd.Leave());
            }
        }
        return why.get() == null;
    }

    /** The first reason counts, but for a failure: then the lane must not be given back. */
    void end(RoundEnd reason) {
        if (!why.compareAndSet(null, reason) && reason instanceof RoundEnd.Failed) {
            why.set(reason);
        }
    }

    /** What became of an attempt may end the round, and hold the mailbox. */
    void after(Outcome outcome) {
        if (outcome instanceof Outcome.LoginRefused(var code, var detail)) {
            // held before it is settled, so that the caller who waits finds it held
            mailboxes.hold(loaded, new HoldReason(code, detail));
        }
        RoundEnd.after(outcome).ifPresent(this::end);
    }

    /** Of a round that is over. */
    RoundEnd why() {
        return Objects.requireNonNull(why.get());
    }
}
