package dev.postrider.identity.workspace;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A tenant.
 *
 * @param externalName as an OpenID provider's claim names it; empty for one that was made here
 */
public record Workspace(UUID id, String name, Optional<String> externalName, Instant createdAt) {}
