package dev.postrider.smtp.send;

import dev.postrider.smtp.message.Message;

/**
 * Called right before the last byte of a message may leave: from then on a lost connection makes
 * the message unknown.
 */
@FunctionalInterface
public interface Begin {

    Begin ALWAYS = message -> true;

    /**
     * Called on the sending thread; may block, for example for a database commit, and the
     * connection waits.
     *
     * @return false to withdraw the message, which then is {@link Result.NotBegun}. An exception
     *     does the same. Where the server already waits for content after DATA, withdrawing costs
     *     the connection, because DATA can't be taken back otherwise.
     */
    boolean begin(Message message);
}
