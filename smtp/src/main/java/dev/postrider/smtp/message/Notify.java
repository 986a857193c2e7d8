package dev.postrider.smtp.message;

/** When a delivery status notification is wanted (RFC 3461 section 4.1). */
public enum Notify {
    NEVER,
    SUCCESS,
    FAILURE,
    DELAY
}
