package dev.postrider.transport;

import java.util.Optional;

/** Which conversations a mailbox's earlier emails belong to, as its provider calls them. */
@FunctionalInterface
public interface Conversations {
    Conversations NONE = (_, _) -> Optional.empty();

    /**
     * The conversation of an email that was sent through a mailbox.
     *
     * @param messageId as its In-Reply-To has it, in angle brackets
     * @return empty when it isn't one of ours, or its provider named no conversation
     */
    Optional<String> of(Transport.MailboxKey mailbox, String messageId);
}
