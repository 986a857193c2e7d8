package dev.postrider.architecture.twin.smtp.wire;

import dev.postrider.architecture.twin.smtp.pool.UsesAWire;

/** A wire that knows who uses it. */
public record KnowsItsPool(UsesAWire pool) {}
