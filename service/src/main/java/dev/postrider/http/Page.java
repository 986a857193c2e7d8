package dev.postrider.http;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which part of a list, newest first.
 *
 * @param limit how many items at most
 * @param after the id that the page begins behind
 * @param before the id that the page ends in front of; not together with {@code after}
 */
public record Page(int limit, Optional<UUID> after, Optional<UUID> before) {
    static final int DEFAULT_LIMIT = 20;
    static final int MAX_LIMIT = 100;

    public boolean isBackward() {
        return before.isPresent();
    }

    public Optional<UUID> cursor() {
        return after.or(() -> before);
    }

    /**
     * The page's items, newest first, and whether there are more in its direction.
     *
     * @param rows up to one more than the limit, in the direction of the page
     */
    public <T> Items<T> of(List<T> rows) {
        var hasMore = rows.size() > limit;
        var items = hasMore ? rows.subList(0, limit) : rows;
        return new Items<>(isBackward() ? items.reversed() : items, hasMore);
    }

    /** What stands on a page. */
    public record Items<T>(List<T> items, boolean hasMore) {
        public Items {
            items = List.copyOf(items);
        }
    }
}
