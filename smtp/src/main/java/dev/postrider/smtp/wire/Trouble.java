package dev.postrider.smtp.wire;

/** How a network failed. */
public enum Trouble {
    /** The name has no address, the resolver failed, or it refused the address. */
    DNS,
    /** Nothing listens there. */
    REFUSED,
    /** There is no way to that address. */
    NO_ROUTE,
    /** The server was silent for longer than the stage's timeout. */
    TIMEOUT,
    /** The caller's own limit passed. */
    LIMIT,
    /** The calling thread was interrupted, or the connection was closed under it. */
    CANCELED,
    /** The server closed the connection. */
    CLOSED,
    /** The connection broke. */
    RESET,
    /**
     * TLS failed after the handshake: a record was damaged or the session was ended with an alert.
     */
    TLS
}
