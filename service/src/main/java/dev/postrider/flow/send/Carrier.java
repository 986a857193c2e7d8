package dev.postrider.flow.send;

import dev.postrider.email.Outcome;

/** The ways from a mailbox to its server. Safe for concurrent use. */
public sealed interface Carrier extends AutoCloseable permits SmtpCarrier, SandboxCarrier {
    /** Gets a way to the server, one that was used before or another. */
    Way way() throws InterruptedException;

    /** How many ways are of use at once. */
    int ways();

    /** Ends them all. */
    @Override
    void close();

    /** A way to the server, or why there is none. */
    sealed interface Way {
        record Open(Line line) implements Way {}

        /**
         * There is none, for no email of the mailbox.
         *
         * @param outcome of any attempt made now
         */
        record Closed(Outcome outcome) implements Way {}
    }
}
