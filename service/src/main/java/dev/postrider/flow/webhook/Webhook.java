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
 * @param failing since when its endpoint takes nothing; empty when it took the last call
 * @param restsUntil when it is called again, where it is left in peace
 * @param previousSecretUntil how long the secret before the last one signs as well
 */
public record Webhook(
        UUID workspaceId,
        UUID id,
        Endpoint endpoint,
        List<EventType> events,
        Status status,
        Optional<String> reason,
        Optional<Failing> failing,
        Optional<Instant> restsUntil,
        Optional<Instant> previousSecretUntil,
        Instant createdAt) {
    public Webhook {
        events = List.copyOf(events);
    }

    /**
     * An endpoint that didn't take the last call.
     *
     * @param calls how many in a row
     * @param lastError why not, in words
     * @param isForLong whether the workspace's other webhooks were told so
     */
    public record Failing(
            Instant since, int calls, Optional<String> lastError, boolean isForLong) {}

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
        return new Webhook(
                workspaceId,
                id,
                endpoint,
                events,
                status,
                reason,
                failing,
                restsUntil,
                previousSecretUntil,
                createdAt);
    }
}
