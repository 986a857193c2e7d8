package dev.postrider.flow.accept;

import dev.postrider.email.OnUnknown;
import dev.postrider.email.Priority;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How an email is sent.
 *
 * @param scheduledAt not before this; empty, or a time that has passed: at once
 * @param tags its sender's marks, name to value
 */
public record DeliveryOptions(
        Optional<Instant> scheduledAt,
        Priority priority,
        OnUnknown onUnknown,
        Map<String, String> tags) {
    /** At once, like most. */
    public static final DeliveryOptions NORMAL =
            new DeliveryOptions(Optional.empty(), Priority.NORMAL, OnUnknown.RESEND, Map.of());

    public DeliveryOptions {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }
}
