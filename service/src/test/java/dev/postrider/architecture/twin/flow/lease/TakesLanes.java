package dev.postrider.architecture.twin.flow.lease;

import dev.postrider.architecture.twin.flow.accept.TakesRequests;

/** A worker that knows the intake. */
public record TakesLanes(TakesRequests intake) {}
