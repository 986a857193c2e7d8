package dev.postrider.email;

import java.util.UUID;

/** Which email: its workspace and its id (UUIDv7). */
public record EmailKey(UUID workspaceId, UUID id) {}
