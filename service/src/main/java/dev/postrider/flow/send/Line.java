package dev.postrider.flow.send;

import dev.postrider.email.Attempt;
import dev.postrider.email.DueEmail;
import dev.postrider.email.Lease;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** One way to a mailbox's server, in the hands of one thread until it is closed. */
public sealed interface Line extends AutoCloseable permits SmtpLine, SandboxLine {
    /**
     * Makes one attempt for each email.
     *
     * @param begun emails that are marked begun
     * @param begunAt when they were
     * @param holds whether the lease still stands: asked before each message's last byte
     * @return an attempt for each email, but for those that {@code holds} took away
     */
    List<Attempt> carry(Lease lease, List<DueEmail> begun, Instant begunAt, BooleanSupplier holds);

    /** Leaves the way for others. */
    @Override
    void close();
}
