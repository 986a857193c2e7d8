package dev.postrider.mailbox;

import dev.postrider.transport.SendingLimits;
import dev.postrider.transport.Transport;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A connected mailbox, without its secret.
 *
 * @param userId whose it is; empty for one of the whole workspace
 * @param address {@code local@domain}, the domain in A-labels
 * @param since when it came into its state
 * @param updatedAt when its settings or its state last changed
 */
public record Mailbox(
        UUID workspaceId,
        UUID id,
        Optional<UUID> userId,
        String address,
        Optional<String> displayName,
        Transport transport,
        MailboxState state,
        Instant since,
        MailboxOptions options,
        Instant createdAt,
        Instant updatedAt) {

    /** What it is held to: its own limits, or else its provider's. */
    public SendingLimits limits() {
        return transport.limits(address).unless(options.limits());
    }

    /** As its transport knows it. */
    public Transport.MailboxKey key() {
        return new Transport.MailboxKey(workspaceId, id);
    }
}
