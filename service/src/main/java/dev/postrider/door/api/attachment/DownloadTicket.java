package dev.postrider.door.api.attachment;

import dev.postrider.vault.Vault;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * The leave to fetch one attachment, on behalf of one user, for a while. Handed out sealed
 * (AES-GCM), so whoever holds one can neither read nor change nor make it; any node opens it.
 */
record DownloadTicket(
        UUID workspaceId, UUID userId, UUID emailId, UUID attachmentId, Instant expiresAt) {
    /** Nothing else is sealed for this owner, so no other sealed secret can pass for a ticket. */
    private static final UUID OWNER = UUID.fromString("3c0f2a55-6f4e-4c0b-9d5e-0b1f8f2c7a10");

    private static final int PARTS = 5;
    private static final int MAX_LENGTH = 1_000;

    String sealed(Vault vault) {
        var text =
                String.join(
                        " ",
                        workspaceId.toString(),
                        userId.toString(),
                        emailId.toString(),
                        attachmentId.toString(),
                        Long.toString(expiresAt.getEpochSecond()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(vault.seal(text, OWNER));
    }

    /** The ticket that was sealed; empty when this is none that is good now. */
    static Optional<DownloadTicket> open(Vault vault, String sealed, Instant now) {
        if (sealed.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            return vault.open(Base64.getUrlDecoder().decode(sealed), OWNER)
                    .map(DownloadTicket::parse)
                    .filter(ticket -> now.isBefore(ticket.expiresAt()));
        } catch (IllegalArgumentException | DateTimeException _) {
            return Optional.empty();
        }
    }

    private static DownloadTicket parse(String text) {
        var parts = text.split(" ", PARTS);
        return new DownloadTicket(
                UUID.fromString(parts[0]),
                UUID.fromString(parts[1]),
                UUID.fromString(parts[2]),
                UUID.fromString(parts[3]),
                Instant.ofEpochSecond(Long.parseLong(parts[4])));
    }
}
