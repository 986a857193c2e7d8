package dev.postrider.smtp.reply;

/** Where in a conversation something happened. */
public enum Stage {
    RESOLVE,
    CONNECT,
    GREETING,
    EHLO,
    STARTTLS,
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
    QUIT;

    /** For a sentence: what was awaited. */
    public String words() {
        return switch (this) {
            case RESOLVE -> "looking up its address";
            case CONNECT -> "connecting";
            case GREETING -> "waiting for its greeting";
            case TLS -> "in the TLS handshake";
            case LOGIN -> "logging in";
            case CONTENT -> "sending the message";
            case END_OF_DATA -> "waiting for the answer to the message";
            case EHLO, STARTTLS, MAIL, RCPT, DATA, RSET, NOOP, QUIT -> "after " + name();
        };
    }
}
