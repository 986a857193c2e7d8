package dev.postrider.flow.compose;

import java.util.List;
import java.util.Optional;

/**
 * Where an email stands in a conversation.
 *
 * @param messageId empty makes one in the sender's domain
 * @param references the Message-IDs of the thread, oldest first
 */
public record Conversation(
        Optional<String> messageId, Optional<String> inReplyTo, List<String> references) {
    /** The first email of one. */
    public static final Conversation NEW =
            new Conversation(Optional.empty(), Optional.empty(), List.of());

    public Conversation {
        references = List.copyOf(references);
    }
}
