package dev.postrider.architecture.twin.outbound;

import dev.postrider.architecture.twin.outbound.guard.KnowsItsClient;

/** As it may. */
public record CallsOnWords(KnowsItsClient guard) {}
