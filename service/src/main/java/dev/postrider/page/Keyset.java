package dev.postrider.page;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/**
 * Reads pages by their items' ids, which are UUIDv7: their order is that of creation. A list's
 * statement is written newest first,
 *
 * <pre>
 * … id &gt; :above and id &lt; :below order by id desc limit :rows
 * </pre>
 *
 * and read the other way round, along the same index, for a page that ends in front of a cursor.
 *
 * @param above all ids are larger than this one
 * @param below and smaller than this one
 */
public record Keyset(Page page, UUID above, UUID below) {
    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);

    public static Keyset of(Page page) {
        return new Keyset(page, page.before().orElse(FIRST), page.after().orElse(LAST));
    }

    /** Only of what was created from one moment on, until just before another. */
    public Keyset created(Optional<Instant> from, Optional<Instant> until) {
        var earliest = from.map(Keyset::firstOf).orElse(FIRST);
        var latest = until.map(Keyset::firstOf).orElse(LAST);
        return new Keyset(
                page,
                compare(above, earliest) >= 0 ? above : earliest,
                compare(below, latest) <= 0 ? below : latest);
    }

    /** What lies behind an item in the page's direction. */
    public Keyset beyond(UUID last) {
        return page.isBackward() ? new Keyset(page, last, below) : new Keyset(page, above, last);
    }

    /** A statement that is written newest first, in the page's direction. */
    public String directed(String newestFirst) {
        return page.isBackward() ? newestFirst.replace(" desc", "") : newestFirst;
    }

    /**
     * The page's items, of rows that were read in its direction.
     *
     * @param rows one more than the page shows when there are more
     */
    public <T> Page.Items<T> items(List<T> rows) {
        return page.of(rows);
    }

    /** One row more than the page shows tells whether there are more. */
    public <T> Page.Items<T> read(
            Handle handle, String newestFirst, UnaryOperator<Query> filter, RowMapper<T> item) {
        return items(
                filter.apply(handle.createQuery(directed(newestFirst)))
                        .bind("above", above)
                        .bind("below", below)
                        .bind("rows", page.limit() + 1)
                        .map(item)
                        .list());
    }

    /** The least UUIDv7 of a millisecond (RFC 9562, 5.7). */
    public static UUID firstOf(Instant time) {
        var millis = Math.clamp(time.toEpochMilli(), 0, (1L << 48) - 1);
        return new UUID(millis << 16, 0);
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
