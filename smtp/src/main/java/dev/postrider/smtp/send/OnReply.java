package dev.postrider.smtp.send;

import dev.postrider.smtp.reply.Reply;
import dev.postrider.smtp.reply.Stage;

/** Told each reply to a message's commands as it is read. */
@FunctionalInterface
public interface OnReply {
    OnReply NOBODY = (index, stage, reply) -> {};

    /**
     * Called on the sending thread; the connection waits.
     *
     * @param index the message's place in the list
     * @param stage what the reply answers
     */
    void replied(int index, Stage stage, Reply reply);
}
