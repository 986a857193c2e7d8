package dev.postrider.flow.store.enqueue;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known of the caller who sends an email, and must hold when it is kept. */
public final class Standing {
    private final byte @Nullable [] sessionHash;
    private final @Nullable Timestamp issuedAfter;
    private final byte @Nullable [] keyHash;
    private final String role;
    private final @Nullable String permission;
    private final @Nullable UUID onlyMailbox;

    private Standing(
            byte @Nullable [] sessionHash,
            @Nullable Timestamp issuedAfter,
            byte @Nullable [] keyHash,
            String role,
            @Nullable String permission,
            @Nullable UUID onlyMailbox) {
        this.sessionHash = sessionHash;
        this.issuedAfter = issuedAfter;
        this.keyHash = keyHash;
        this.role = role;
        this.permission = permission;
        this.onlyMailbox = onlyMailbox;
    }

    /**
     * An access token.
     *
     * @param hash as stored
     * @param issuedAfter when it was issued, if it is still good
     * @param role as stored
     */
    public static Standing ofSession(byte[] hash, Instant issuedAfter, String role) {
        return new Standing(hash, Timestamp.from(issuedAfter), null, role, null, null);
    }

    /**
     * An API key.
     *
     * @param hash as stored
     * @param role its user's, as stored
     * @param permission as stored
     * @param onlyMailbox the only one that it may use
     */
    public static Standing ofKey(
            byte[] hash, String role, String permission, Optional<UUID> onlyMailbox) {
        return new Standing(null, null, hash, role, permission, onlyMailbox.orElse(null));
    }

    byte @Nullable [] sessionHash() {
        return sessionHash;
    }

    @Nullable Timestamp issuedAfter() {
        return issuedAfter;
    }

    byte @Nullable [] keyHash() {
        return keyHash;
    }

    String role() {
        return role;
    }

    @Nullable String permission() {
        return permission;
    }

    @Nullable UUID onlyMailbox() {
        return onlyMailbox;
    }
}
