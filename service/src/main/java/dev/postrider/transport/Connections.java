package dev.postrider.transport;

import dev.postrider.email.Outcome;

/** A mailbox's connections to whatever sends for it. Safe for concurrent use. */
public interface Connections extends AutoCloseable {
    /**
     * Gets a connection, one that was used before or another.
     *
     * @param patient whether to wait for one while all are in use; an additional connection isn't
     *     worth a wait
     */
    Connecting connect(boolean patient) throws InterruptedException;

    /** How many connections are of use at once. */
    int limit();

    /** Ends them all. */
    @Override
    void close();

    /** A connection, or why there is none. */
    sealed interface Connecting {
        record Connected(Connection connection) implements Connecting {}

        /** There is none just now: all are in use. */
        record Busy() implements Connecting {}

        /**
         * There is none, for no email of the mailbox.
         *
         * @param outcome of any attempt made now
         */
        record Failed(Outcome outcome) implements Connecting {}
    }
}
