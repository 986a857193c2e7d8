package dev.postrider.email;

/**
 * A node's right to a lane for a while.
 *
 * @param epoch the fence: each lease of a lane has a higher one, and no write under a lower one
 *     counts
 */
public record Lease(LaneKey lane, long epoch) {}
