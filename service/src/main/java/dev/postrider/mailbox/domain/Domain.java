package dev.postrider.mailbox.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.UUID;

/**
 * The domain of one or more mailboxes.
 *
 * @param createdAt when the first of them was connected
 * @param sends whether one of them is active
 */
public record Domain(UUID workspaceId, String name, Instant createdAt, boolean sends) {
    /** Nothing is stored for it, so it is made of what is. */
    public UUID id() {
        return UUID.nameUUIDFromBytes((workspaceId + " " + name).getBytes(UTF_8));
    }
}
