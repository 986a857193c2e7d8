package dev.postrider.flow.webhook;

import dev.postrider.event.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * An application's wish to be told.
 *
 * @param reason why it was disabled, unless its owner did that
 */
public record Webhook(
        UUID workspaceId,
        UUID id,
        Endpoint endpoint,
        List<EventType> events,
        Status status,
        Optional<String> reason,
        Instant createdAt) {
    public Webhook {
        events = List.copyOf(events);
    }

    /** Whether it is told. */
    public enum Status {
        ENABLED,
        /** By its owner, or because the endpoint is gone or takes nothing. */
        DISABLED;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Status> of(String text) {
            return switch (text) {
                case "enabled" -> Optional.of(ENABLED);
                case "disabled" -> Optional.of(DISABLED);
                case String _ -> Optional.empty();
            };
        }
    }

    /** The same, changed by its owner. */
    public Webhook with(Endpoint endpoint, List<EventType> events, Status status) {
        return new Webhook(workspaceId, id, endpoint, events, status, reason, createdAt);
    }
}
