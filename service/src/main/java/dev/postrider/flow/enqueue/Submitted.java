package dev.postrider.flow.enqueue;

/** What became of a submission. */
public sealed interface Submitted {
    /** All of it is committed. */
    record Kept() implements Submitted {}

    /** Its one email is committed, and marked begun. */
    record Begun() implements Submitted {}

    /** A mailbox has gone meanwhile; nothing was kept. */
    record NoMailbox() implements Submitted {}

    /** Too many wait for the database; nothing was kept. */
    record Busy() implements Submitted {}

    /**
     * It was done before; nothing more was kept.
     *
     * @param answer what was answered then
     */
    record Repeated(String answer) implements Submitted {}

    /** Its key stands for another request; nothing was kept. */
    record Mismatched() implements Submitted {}
}
