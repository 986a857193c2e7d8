package dev.postrider.mailbox;

import dev.postrider.transport.Provider;
import java.util.Optional;
import java.util.UUID;

/**
 * A mailbox that a user wants to connect, its settings checked.
 *
 * @param password there exactly when the provider has a username
 */
public record NewMailbox(
        UUID workspaceId,
        UUID userId,
        String address,
        Optional<String> displayName,
        Provider provider,
        Optional<String> password,
        MailboxOptions conduct) {
    @Override
    public String toString() {
        return "NewMailbox[" + address + "]";
    }
}
