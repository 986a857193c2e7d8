package dev.postrider.smtp.pool;

import dev.postrider.smtp.connect.Opening;

/** What became of asking a {@link Pool} for a connection. */
public sealed interface Borrowing {

    /** A connection; close it to give it back. */
    record Borrowed(PooledConnection connection) implements Borrowing {}

    /** The server couldn't be reached or didn't let us in, just now or moments ago. */
    record Failed(Opening.Failed failed) implements Borrowing {}

    /**
     * All connections were in use for as long as the caller wanted to wait, or the caller was
     * interrupted.
     */
    record Busy() implements Borrowing {}

    record Closed() implements Borrowing {}
}
