package dev.postrider.audit;

import java.util.Optional;
import java.util.UUID;

/**
 * Who did something.
 *
 * @param id the user's; empty for somebody who isn't known
 * @param name as they are called now: later the user may be gone
 * @param address where their request came from; empty when it didn't come by the network
 */
public record Actor(UUID workspaceId, Optional<UUID> id, String name, Optional<String> address) {}
