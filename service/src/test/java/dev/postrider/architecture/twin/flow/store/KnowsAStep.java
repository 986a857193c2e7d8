package dev.postrider.architecture.twin.flow.store;

import dev.postrider.architecture.twin.flow.lease.TakesLanes;

/** A store that knows the worker. */
record KnowsAStep(TakesLanes worker) {}
