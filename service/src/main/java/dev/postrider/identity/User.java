package dev.postrider.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Somebody of a workspace.
 *
 * @param hasPassword whether they can log in here; without one they are invited or sign in
 *     elsewhere
 * @param deactivatedAt since when they are out; empty for who is in
 */
record User(
        UUID workspaceId,
        UUID id,
        String email,
        Role role,
        boolean hasPassword,
        Instant createdAt,
        Optional<Instant> deactivatedAt) {
    boolean isActive() {
        return deactivatedAt.isEmpty();
    }
}
