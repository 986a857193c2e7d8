package dev.postrider.mailbox;

import dev.postrider.transport.Transport;
import java.util.Optional;

/**
 * What a mailbox is to become, its settings checked.
 *
 * @param before the mailbox that the change was made from; the change fails when it is no longer so
 * @param transport as it shall be
 * @param secret a new one; empty keeps the one there is
 */
public record MailboxChange(
        Mailbox before,
        Optional<String> displayName,
        Transport transport,
        Optional<String> secret,
        MailboxState state,
        MailboxOptions options) {

    /** Whether its queue can go on. */
    boolean releases() {
        return state instanceof MailboxState.Active
                && !(before.state() instanceof MailboxState.Active);
    }

    @Override
    public String toString() {
        return "MailboxChange[" + before.id() + "]";
    }
}
