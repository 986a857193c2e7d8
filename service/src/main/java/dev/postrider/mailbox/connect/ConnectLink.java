package dev.postrider.mailbox.connect;

import dev.postrider.credential.provider.Tier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A one-time leave to connect a mailbox in the browser, without its token.
 *
 * @param userId whose mailbox it is to be; empty for one of the whole workspace
 * @param mailboxId the one to connect again; empty for a new one
 * @param address the only one that it connects; empty for any
 * @param options none: whatever is set up when it is opened
 * @param state the caller's, handed back with the outcome
 */
public record ConnectLink(
        UUID workspaceId,
        UUID id,
        Optional<UUID> userId,
        Optional<UUID> mailboxId,
        Optional<String> address,
        List<ConnectOption> options,
        Tier tier,
        Optional<String> returnUrl,
        Optional<String> state,
        Instant createdAt,
        Instant expiresAt,
        Progress progress) {
    public ConnectLink {
        options = List.copyOf(options);
    }

    /**
     * What has become of it.
     *
     * @param mailboxId the mailbox that came of it
     * @param browser the hash of the cookie of the browser that began, in hexadecimal
     * @param failure the last one's code
     * @param failedWith what the last failure is about, for its page
     */
    public record Progress(
            Optional<Instant> revokedAt,
            Optional<Instant> connectedAt,
            Optional<UUID> mailboxId,
            Optional<String> browser,
            Optional<String> failure,
            Optional<String> failedWith) {}

    /** What it is good for. */
    public enum Status {
        OPEN,
        CONNECTED,
        EXPIRED,
        REVOKED
    }

    public Status status(Instant now) {
        if (progress.connectedAt().isPresent()) {
            return Status.CONNECTED;
        }
        if (progress.revokedAt().isPresent()) {
            return Status.REVOKED;
        }
        return now.isBefore(expiresAt) ? Status.OPEN : Status.EXPIRED;
    }

    /** Its mailbox: the one that came of it, or that it is for. */
    public Optional<UUID> mailbox() {
        return progress.mailboxId().or(() -> mailboxId);
    }
}
