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
public record Delivery(
        Optional<Instant> scheduledAt,
        Priority priority,
        OnUnknown onUnknown,
        Map<String, String> tags) {
    /** At once, like most. */
    public static final Delivery NORMAL =
            new Delivery(Optional.empty(), Priority.NORMAL, OnUnknown.RESEND, Map.of());

    public Delivery {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }
}
