package dev.postrider.flow.store;

import dev.postrider.email.DueEmail;
import dev.postrider.email.Lease;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What became of taking a lane's due emails. */
public sealed interface TakenBatch {
    /**
     * What a connection wants to send next.
     *
     * @param seen when the mailbox had last changed, as its server's connections know it
     * @param messages at most; fewer when they are large
     * @param recipients at most, in all
     * @param begunAt by this node's clock; its minute is the one that limits count it in
     */
    record Wanted(Lease lease, Instant seen, int messages, int recipients, Instant begunAt) {}

    /**
     * They are marked begun, in a committed transaction.
     *
     * @param wakes the lane's count before the look for due emails
     * @param nextDue when more of the lane's emails are due: now, if the look ended at a limit;
     *     empty for never
     * @param isTooLarge whether none was taken because the first has more recipients than wanted
     */
    record Begun(List<DueEmail> emails, long wakes, Optional<Instant> nextDue, boolean isTooLarge)
            implements TakenBatch {}

    /** The lease has ended. */
    record LeaseEnded() implements TakenBatch {}

    /** The mailbox has changed, or is gone: look at it again. */
    record MailboxChanged() implements TakenBatch {}
}
