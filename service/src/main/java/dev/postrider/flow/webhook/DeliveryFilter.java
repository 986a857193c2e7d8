package dev.postrider.flow.webhook;

import dev.postrider.event.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which of a webhook's deliveries.
 *
 * @param states any of them; none for all
 * @param types any of them; none for all
 * @param email only events of this one
 * @param createdAfter whose event happened from this moment on
 * @param createdBefore up to just before this moment
 */
public record DeliveryFilter(
        List<DeliveryState> states,
        List<EventType> types,
        Optional<UUID> email,
        Optional<Instant> createdAfter,
        Optional<Instant> createdBefore) {
    public DeliveryFilter {
        states = List.copyOf(states);
        types = List.copyOf(types);
    }

    /** Whether none of those is meant of which there are most. */
    boolean isOfUndelivered() {
        return !states.isEmpty() && !states.contains(DeliveryState.DELIVERED);
    }

    boolean isOfRareTypes() {
        return !types.isEmpty() && !types.contains(EventType.EMAIL_SENT);
    }

    String @Nullable [] stateTexts() {
        return texts(states, DeliveryState::text);
    }

    String @Nullable [] typeTexts() {
        return texts(types, EventType::text);
    }

    private static <T> String @Nullable [] texts(List<T> all, Function<T, String> text) {
        return all.isEmpty() ? null : all.stream().map(text).toArray(String[]::new);
    }
}
