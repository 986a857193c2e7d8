package dev.postrider.mailbox;

import dev.postrider.transport.Transport;

/** A mailbox with its secret taken out of the vault. */
public sealed interface LoadedMailbox {
    Mailbox mailbox();

    /** It can send, if its state lets it. */
    record Ready(Mailbox mailbox, Transport transport) implements LoadedMailbox {}

    /**
     * No key opens its credentials: another master key sealed them.
     *
     * @param reason what happened and what to do, for its user
     */
    record Unreadable(Mailbox mailbox, String reason) implements LoadedMailbox {}
}
