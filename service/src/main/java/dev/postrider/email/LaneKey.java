package dev.postrider.email;

import java.util.UUID;

/** Which lane: the queue of one mailbox. */
public record LaneKey(UUID workspaceId, UUID mailboxId) {}
