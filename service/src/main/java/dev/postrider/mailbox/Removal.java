package dev.postrider.mailbox;

/** What became of a mailbox that somebody wanted to remove. */
public enum Removal {
    REMOVED,
    /** It has mail that waits or is being sent; it stays. */
    HAS_MAIL,
    /** There is no such mailbox. */
    NOT_FOUND
}
