package dev.postrider.identity.http;

import dev.postrider.http.Id;
import dev.postrider.http.Problem;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list, newest first.
 *
 * @param after the id that it begins behind
 */
public record Cursor(int limit, Optional<UUID> after) {
    private static final int DEFAULT_LIMIT = 20;

    /** What the parameters turned out to be. */
    public sealed interface Read {
        record Valid(Cursor cursor) implements Read {}

        record Invalid(Problem problem) implements Read {}
    }

    public static Read of(@Nullable String limit, @Nullable String after) {
        if (limit != null && !limit.matches("[1-9][0-9]?|100")) {
            return new Read.Invalid(Problem.invalid("limit", "must be a number from 1 to 100"));
        }
        var id = Optional.ofNullable(after).flatMap(Id::parse);
        if (after != null && id.isEmpty()) {
            return new Read.Invalid(Problem.invalid("after", "must be an id"));
        }
        return new Read.Valid(
                new Cursor(limit == null ? DEFAULT_LIMIT : Integer.parseInt(limit), id));
    }
}
