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
 * @param recipient an address; a domain behind an @; or with what one of both begins
 * @param sender an address, or with what it begins
 * @param subject words of it, the last perhaps only begun
 * @param tags all of them
 * @param createdAfter from this moment on
 * @param createdBefore up to just before this moment
 */
public record EmailFilter(
        Optional<UUID> mailbox,
        List<EmailState> states,
        Optional<String> recipient,
        Optional<String> sender,
        Optional<String> subject,
        Map<String, String> tags,
        Optional<Instant> createdAfter,
        Optional<Instant> createdBefore) {
    /** All emails. */
    public static final EmailFilter NONE =
            new EmailFilter(
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty());

    public EmailFilter {
        states = List.copyOf(states);
        tags = Map.copyOf(tags);
    }

    public EmailFilter withStates(List<EmailState> others) {
        return new EmailFilter(
                mailbox, others, recipient, sender, subject, tags, createdAfter, createdBefore);
    }

    EmailFilter created(Instant from, Instant until) {
        return new EmailFilter(
                mailbox,
                states,
                recipient,
                sender,
                subject,
                tags,
                Optional.of(createdAfter.filter(from::isBefore).orElse(from)),
                Optional.of(createdBefore.filter(until::isAfter).orElse(until)));
    }

    String @Nullable [] stateTexts() {
        return states.isEmpty()
                ? null
                : states.stream().map(EmailState::text).toArray(String[]::new);
    }

    /** Whichever of them; the same each time. */
    Optional<Map.Entry<String, String>> firstTag() {
        return tags.entrySet().stream().findFirst();
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
