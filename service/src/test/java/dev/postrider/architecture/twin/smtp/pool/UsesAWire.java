package dev.postrider.architecture.twin.smtp.pool;

import dev.postrider.architecture.twin.smtp.wire.KnowsItsPool;

/** As it may. */
public record UsesAWire(KnowsItsPool wire) {}
