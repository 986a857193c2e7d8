package dev.postrider.transport;

import dev.postrider.transport.Transport.MailboxKey;

/**
 * Counts how often in a row mailboxes were told to slow down, for all nodes: a lane that moves
 * takes its back-off along. Safe for concurrent use.
 */
public interface Throttles {
    /** It was told to once more; returns how often that was in a row. */
    int again(MailboxKey mailbox);

    /** Something was taken: the next time is a first one. */
    void over(MailboxKey mailbox);
}
