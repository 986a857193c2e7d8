package dev.postrider.transport.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A message that a sandbox mailbox "sent".
 *
 * @param emailId which email it was; empty when it isn't known
 * @param sender the envelope's
 * @param recipients the envelope's
 * @param subject as its header has it, decoded; empty when it has none that can be read
 * @param size of the content, in bytes
 */
public record SandboxMessage(
        UUID id,
        Optional<UUID> emailId,
        String sender,
        List<String> recipients,
        Instant receivedAt,
        Optional<String> subject,
        int size) {
    public SandboxMessage {
        recipients = List.copyOf(recipients);
    }
}
