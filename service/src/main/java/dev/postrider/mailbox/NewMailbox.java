package dev.postrider.mailbox;

import dev.postrider.transport.Transport;
import java.util.Optional;
import java.util.UUID;

/**
 * A mailbox that a user wants to connect, its settings checked.
 *
 * @param secret there exactly when the transport needs one
 */
public record NewMailbox(
        UUID workspaceId,
        UUID userId,
        String address,
        Optional<String> displayName,
        Transport transport,
        Optional<String> secret,
        MailboxOptions options) {
    @Override
    public String toString() {
        return "NewMailbox[" + address + "]";
    }
}
