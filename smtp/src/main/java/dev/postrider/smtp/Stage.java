package dev.postrider.smtp;

/** Where in a conversation something happened. */
public enum Stage {
    RESOLVE,
    CONNECT,
    GREETING,
    EHLO,
    STARTTLS,
    /** The TLS handshake. */
    TLS,
    LOGIN,
    MAIL,
    RCPT,
    /** The DATA command, before any content. */
    DATA,
    /** While content leaves, before its last byte. */
    CONTENT,
    /** After the last byte of a message: its reply decides. */
    END_OF_DATA,
    RSET,
    NOOP,
    QUIT
}
