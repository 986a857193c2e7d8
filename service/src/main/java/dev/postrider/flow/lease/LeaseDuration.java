package dev.postrider.flow.lease;

import java.time.Duration;

/** How long a lane that a node has stopped to serve stays its own (POSTRIDER_LEASE). */
public record LeaseDuration(Duration duration) {}
