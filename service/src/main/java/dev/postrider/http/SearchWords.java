package dev.postrider.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The words that a list is searched for, as its parameter {@code search} has them.
 *
 * @param all in lower case
 */
public record SearchWords(List<String> all) {
    private static final int MAX_LENGTH = 200;
    private static final int MAX_WORDS = 10;

    public SearchWords {
        all = List.copyOf(all);
    }

    public static SearchWords of(@Nullable String parameter) {
        return new SearchWords(
                Stream.of(
                                (parameter == null ? "" : parameter)
                                        .toLowerCase(Locale.ROOT)
                                        .split("\\s+"))
                        .filter(word -> !word.isEmpty())
                        .toList());
    }

    /** What keeps them from being looked for. */
    public Optional<Problem.FieldError> flaw() {
        var isFine =
                all.size() <= MAX_WORDS
                        && all.stream().mapToInt(String::length).sum() <= MAX_LENGTH
                        && all.stream().noneMatch(word -> word.contains("\0"));
        return isFine
                ? Optional.empty()
                : Optional.of(
                        new Problem.FieldError(
                                "search",
                                "must be up to "
                                        + MAX_WORDS
                                        + " words, of up to "
                                        + MAX_LENGTH
                                        + " characters in all"));
    }
}
