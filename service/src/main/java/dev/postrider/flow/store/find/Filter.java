package dev.postrider.flow.store.find;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.postrider.email.EmailState;
import dev.postrider.http.Page;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which emails of a list.
 *
 * @param states any of them; none for all
 * @param tags all of them
 * @param createdAfter from this moment on
 * @param createdBefore up to just before this moment
 */
public record Filter(
        Optional<UUID> mailbox,
        List<EmailState> states,
        Optional<String> recipient,
        Map<String, String> tags,
        Optional<Instant> createdAfter,
        Optional<Instant> createdBefore) {
    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);

    public Filter {
        states = List.copyOf(states);
        tags = Map.copyOf(tags);
    }

    String @Nullable [] stateTexts() {
        return states.isEmpty()
                ? null
                : states.stream().map(EmailState::text).toArray(String[]::new);
    }

    @Nullable String tagsJson() {
        if (tags.isEmpty()) {
            return null;
        }
        var object = JsonNodeFactory.instance.objectNode();
        tags.forEach(object::put);
        return object.toString();
    }

    /** The least id that may stand on the page. */
    UUID from(Page page) {
        var earliest = createdAfter.map(Filter::firstOf).orElse(FIRST);
        return page.before().map(Filter::next).map(id -> later(id, earliest)).orElse(earliest);
    }

    /** The least id that may no more. */
    public UUID to(Page page) {
        var latest = createdBefore.map(Filter::firstOf).orElse(LAST);
        return page.after().map(id -> earlier(id, latest)).orElse(latest);
    }

    /** The least UUIDv7 of a millisecond (RFC 9562, 5.7). */
    private static UUID firstOf(Instant time) {
        var millis = Math.clamp(time.toEpochMilli(), 0, (1L << 48) - 1);
        return new UUID(millis << 16, 0);
    }

    private static UUID next(UUID id) {
        var low = id.getLeastSignificantBits() + 1;
        return new UUID(id.getMostSignificantBits() + (low == 0 ? 1 : 0), low);
    }

    private static UUID later(UUID one, UUID other) {
        return compare(one, other) >= 0 ? one : other;
    }

    private static UUID earlier(UUID one, UUID other) {
        return compare(one, other) <= 0 ? one : other;
    }

    /** As the database compares, octet by octet; Java's own order is by signed halves. */
    private static int compare(UUID one, UUID other) {
        var high =
                Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(
                        one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }
}
