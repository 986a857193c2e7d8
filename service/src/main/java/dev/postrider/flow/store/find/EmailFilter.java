package dev.postrider.flow.store.find;

import dev.postrider.email.EmailState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which emails of a list.
 *
 * @param states any of them; none for all
 * @param tags all of them
 * @param createdAfter from this moment on
 * @param createdBefore up to just before this moment
 */
public record EmailFilter(
        Optional<UUID> mailbox,
        List<EmailState> states,
        Optional<String> recipient,
        Map<String, String> tags,
        Optional<Instant> createdAfter,
        Optional<Instant> createdBefore) {
    public EmailFilter {
        states = List.copyOf(states);
        tags = Map.copyOf(tags);
    }

    String @Nullable [] stateTexts() {
        return states.isEmpty()
                ? null
                : states.stream().map(EmailState::text).toArray(String[]::new);
    }

    /** Names and values in turn, as {@code jsonb_object} takes them. */
    String @Nullable [] tagTexts() {
        return tags.isEmpty()
                ? null
                : tags.entrySet().stream()
                        .flatMap(tag -> Stream.of(tag.getKey(), tag.getValue()))
                        .toArray(String[]::new);
    }
}
