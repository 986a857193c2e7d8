package dev.postrider.architecture.twin.flow.accept;

import dev.postrider.architecture.twin.flow.lease.TakesLanes;
import org.jspecify.annotations.Nullable;

/** An intake that knows the worker. */
public record TakesRequests(@Nullable TakesLanes worker) {}
