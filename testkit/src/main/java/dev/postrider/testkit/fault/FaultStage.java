package dev.postrider.testkit.fault;

/** Where a {@link FaultServer} goes wrong. */
public enum FaultStage {
    GREETING,
    EHLO,
    STARTTLS,
    TLS,
    EHLO_AFTER_TLS,
    LOGIN,
    MAIL,
    RCPT,
    DATA,
    /** Within the content, before its end. */
    CONTENT,
    END_OF_DATA,
    RSET,
    NOOP,
    QUIT
}
