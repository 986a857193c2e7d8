package dev.postrider.flow.accept;

import java.util.function.Function;

/**
 * Asks that a request is done once, however often it comes within a day (idempotency).
 *
 * @param key the caller's name for it
 * @param fingerprint the same for the same request, another for another
 * @param answer what a repeat is to be answered
 */
public record Idempotency(
        String key, String fingerprint, Function<IntakeResult.Kept, String> answer) {}
