package dev.postrider.mailbox;

import dev.postrider.transport.Provider;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A connected mailbox, without its secret.
 *
 * @param userId whose it is; empty for one of the whole workspace
 * @param address {@code local@domain}, the domain in A-labels
 * @param updatedAt when its settings or its state last changed
 */
public record Mailbox(
        UUID workspaceId,
        UUID id,
        Optional<UUID> userId,
        String address,
        Optional<String> displayName,
        Provider provider,
        MailboxState state,
        MailboxOptions conduct,
        Instant createdAt,
        Instant updatedAt) {}
