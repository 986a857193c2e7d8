package dev.postrider.smtp.send;

/**
 * Told what became of a message as soon as that is known, while others of its list are under way.
 */
@FunctionalInterface
public interface OnResult {
    OnResult NOBODY = (index, result) -> {};

    /**
     * Called on the sending thread, once for each message; the connection waits.
     *
     * @param index the message's place in the list
     */
    void ended(int index, Result result);
}
