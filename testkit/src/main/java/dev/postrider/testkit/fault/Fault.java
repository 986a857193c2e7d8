package dev.postrider.testkit.fault;

/** How a {@link FaultServer} goes wrong. */
public enum Fault {
    /** Closes instead of a reply. */
    CLOSE,
    /** Resets the connection instead of a reply. */
    RESET,
    /** Says nothing, and keeps the connection. */
    STALL,
    /** 451. */
    TRANSIENT,
    /** 550. */
    PERMANENT,
    /** 421, and closes. */
    CLOSING,
    /** The right reply, in three lines. */
    MULTILINE,
    /** A code of a class that this command can't have. */
    WRONG_CODE,
    /** Octets that aren't a reply. */
    GARBAGE,
    /** A reply whose line doesn't end. */
    ENDLESS_LINE,
    /** A reply that always has another line. */
    ENDLESS_REPLY,
    /** The right reply, one octet after the other, slower than anybody waits. */
    TRICKLE
}
