package dev.postrider.lab.crash;

/** What the sink does to a message. */
public enum Mischief {
    /** Cuts the connection within the content. */
    CUT_BEFORE_DOT,
    /** Cuts it at the end of the data; the message is not taken. */
    CUT_NOT_TAKEN,
    /** Cuts it at the end of the data; the message is taken, and nobody hears of it. */
    CUT_TAKEN,
    /** Cuts it when the reply has been sent. */
    CUT_AFTER_REPLY,
    /** Asks for patience: 451. */
    DEFER
}
