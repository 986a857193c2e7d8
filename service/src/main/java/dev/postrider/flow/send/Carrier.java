package dev.postrider.flow.send;

import dev.postrider.email.Attempt;
import dev.postrider.email.DueEmail;
import dev.postrider.email.Lease;
import java.util.List;

/** Carries a lane's emails to its mailbox's server. For one thread at a time. */
public sealed interface Carrier extends AutoCloseable permits SmtpCarrier, SandboxCarrier {
    /**
     * Makes one attempt for each email.
     *
     * @return an attempt for each email, but for those that {@code begin} took away
     */
    List<Attempt> carry(Lease lease, List<DueEmail> due, Begin begin);

    /** Lets go of connections. */
    @Override
    void close();

    /** The caller's part in an attempt. */
    interface Begin {
        /**
         * Marks emails begun, in a committed transaction, before any byte of them leaves.
         *
         * @return those that may be sent: the others were canceled, or the lease has ended
         */
        List<DueEmail> begin(List<DueEmail> due);

        /** Whether the lease still stands: asked before each message's last byte. */
        boolean holds();
    }
}
