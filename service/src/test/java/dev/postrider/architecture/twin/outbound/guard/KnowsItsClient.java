package dev.postrider.architecture.twin.outbound.guard;

import dev.postrider.architecture.twin.outbound.CallsOnWords;

/** A guard that knows who asks it. */
public record KnowsItsClient(CallsOnWords client) {}
