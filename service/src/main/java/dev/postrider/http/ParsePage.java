package dev.postrider.http;

import dev.postrider.page.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads which part of a list a request wants. */
public sealed interface ParsePage {
    int DEFAULT_LIMIT = 20;
    int MAX_LIMIT = 100;

    record Valid(Page page) implements ParsePage {}

    record Invalid(Problem problem) implements ParsePage {}

    static ParsePage of(@Nullable String limit, @Nullable String after, @Nullable String before) {
        var errors = new ArrayList<Problem.FieldError>();
        var page =
                new Page(
                        limit(limit, errors),
                        cursor("after", after, errors),
                        cursor("before", before, errors));
        if (after != null && before != null) {
            errors.add(new Problem.FieldError("before", "can't be combined with after"));
        }
        return errors.isEmpty() ? new Valid(page) : new Invalid(Problem.invalid(errors));
    }

    private static int limit(@Nullable String text, List<Problem.FieldError> errors) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        var limit = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MAX_LIMIT) {
            errors.add(
                    new Problem.FieldError(
                            "limit", "must be a whole number from 1 to " + MAX_LIMIT));
        }
        return limit;
    }

    private static Optional<UUID> cursor(
            String name, @Nullable String text, List<Problem.FieldError> errors) {
        if (text == null) {
            return Optional.empty();
        }
        var id = Id.parse(text);
        if (id.isEmpty()) {
            errors.add(new Problem.FieldError(name, "must be the id of an item in the list"));
        }
        return id;
    }
}
