package dev.postrider.architecture.twin.mailbox;

import dev.postrider.architecture.twin.boot.Starts;
import dev.postrider.architecture.twin.flow.lease.TakesLanes;

/** A mailbox that knows the flow, and boot. */
public record KnowsTheFlow(TakesLanes flow, Starts boot) {}
