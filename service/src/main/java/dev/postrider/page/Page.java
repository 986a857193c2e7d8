package dev.postrider.page;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Which part of a list, newest first.
 *
 * @param limit how many items at most
 * @param after the id that the page begins behind
 * @param before the id that the page ends in front of; not together with {@code after}
 */
public record Page(int limit, Optional<UUID> after, Optional<UUID> before) {
    /** Whether its rows come oldest first, those next to the cursor at first. */
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

        public <R> Items<R> map(Function<? super T, ? extends R> item) {
            return new Items<>(items.stream().<R>map(item).toList(), hasMore);
        }
    }
}
