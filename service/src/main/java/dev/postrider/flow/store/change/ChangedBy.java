package dev.postrider.flow.store.change;

import java.util.Optional;
import java.util.UUID;

/**
 * Who changes an email.
 *
 * @param key the API key that their request came with; empty after a login
 */
public record ChangedBy(UUID user, Optional<UUID> key) {}
