package dev.postrider.http;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Which part of a list, newest first: ids are UUIDv7. A list's statement has two halves, of which
 * one finds nothing, so that either direction goes along an index:
 *
 * <pre>
 * (select … where id &lt; :below and not :backward order by id desc limit :rows)
 * union all
 * (select … where id &gt; :above and :backward order by id limit :rows)
 * </pre>
 *
 * JDBI's {@code bindMethods} binds the four.
 *
 * @param limit how many items at most
 * @param after the id that the page begins behind
 * @param before the id that the page ends in front of; not together with {@code after}
 */
public record Page(int limit, Optional<UUID> after, Optional<UUID> before) {
    static final int DEFAULT_LIMIT = 20;
    static final int MAX_LIMIT = 100;

    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);

    /** Whether its rows come oldest first, those next to the cursor at first. */
    public boolean backward() {
        return before.isPresent();
    }

    /** Forward, its ids are smaller than this one. */
    public UUID below() {
        return after.orElse(LAST);
    }

    /** Backward, its ids are larger than this one. */
    public UUID above() {
        return before.orElse(FIRST);
    }

    /** One more than it shows tells whether there are more. */
    public int rows() {
        return limit + 1;
    }

    public boolean isBackward() {
        return backward();
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

    /**
     * A page of a list that is there as a whole, in the list's own order. Nothing stands behind or
     * in front of an id that is none of its items'.
     */
    public <T> Items<T> within(List<T> all, Function<T, UUID> id) {
        var at = cursor().map(all.stream().map(id).toList()::indexOf);
        if (at.filter(index -> index < 0).isPresent()) {
            return new Items<>(List.of(), false);
        }
        if (isBackward()) {
            var end = at.orElse(all.size());
            var start = Math.max(0, end - limit);
            return new Items<>(all.subList(start, end), start > 0);
        }
        var start = at.map(index -> index + 1).orElse(0);
        var end = Math.min(all.size(), start + limit);
        return new Items<>(all.subList(start, end), end < all.size());
    }

    /** What stands on a page. */
    public record Items<T>(List<T> items, boolean hasMore) {
        public Items {
            items = List.copyOf(items);
        }
    }
}
