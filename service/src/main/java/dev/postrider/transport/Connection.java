package dev.postrider.transport;

import dev.postrider.email.Attempt;
import dev.postrider.email.DueEmail;
import dev.postrider.email.Lease;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One connection to what sends for a mailbox, in the hands of one thread until it is closed. */
public interface Connection extends AutoCloseable {
    /**
     * Makes one attempt for each email.
     *
     * @param begun emails that are marked begun
     * @param begunAt when they were
     * @param holds whether the lease still stands: asked before each message's last byte
     * @param ended told the attempt of each email when it has ended, in any order, by this thread
     */
    void send(
            Lease lease,
            List<DueEmail> begun,
            Instant begunAt,
            BooleanSupplier holds,
            Consumer<Attempt> ended);

    /**
     * Whether more should be sent on it: not when it has ended, nor when somebody else needs it
     * more.
     */
    boolean isUsable();

    /** Leaves the connection for others. */
    @Override
    void close();
}
