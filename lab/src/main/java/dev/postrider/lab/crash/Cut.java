package dev.postrider.lab.crash;

/** Where the sink cuts a connection. */
enum Cut {
    /** Within the content. */
    BEFORE_DOT,
    /** At the end of the data; the message is not taken. */
    NOT_TAKEN,
    /** At the end of the data; the message is taken, and nobody hears of it. */
    TAKEN,
    /** When the reply has been sent. */
    AFTER_REPLY
}
