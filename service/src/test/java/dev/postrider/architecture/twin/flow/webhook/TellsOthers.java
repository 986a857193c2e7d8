package dev.postrider.architecture.twin.flow.webhook;

import dev.postrider.architecture.twin.flow.accept.TakesRequests;

/** A herald that knows the intake. */
record TellsOthers(TakesRequests intake) {}
