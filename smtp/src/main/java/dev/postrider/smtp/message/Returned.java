package dev.postrider.smtp.message;

/** How much of the message a failure notification brings back (RFC 3461 section 4.3). */
public enum Returned {
    FULL,
    HEADERS
}
