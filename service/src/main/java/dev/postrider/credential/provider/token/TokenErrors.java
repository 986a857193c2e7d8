package dev.postrider.credential.provider.token;

import dev.postrider.credential.provider.Provider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What the errors of a provider's token endpoint mean; the rules are data. */
final class TokenErrors {
    private final List<Rule> rules;

    private TokenErrors(List<Rule> rules) {
        this.rules = rules;
    }

    /**
     * An error answer (RFC 6749, 5.2).
     *
     * @param error its code
     * @param words its description and its subtype, in lower case
     * @param numbers Microsoft's
     */
    record Given(String error, String words, Set<String> numbers) {
        Given {
            numbers = Set.copyOf(numbers);
        }
    }

    /** Which of the answers it is. */
    enum Meaning {
        ENDED,
        APP,
        REQUEST,
        LATER
    }

    /**
     * @param code of an ended grant
     * @param pause of what is to be asked again later
     * @param sentence what happened and what to do
     */
    record Rule(
            Set<String> errors,
            List<String> marks,
            Meaning meaning,
            String code,
            Duration pause,
            String sentence) {
        private boolean fits(Given given) {
            return errors.contains(given.error())
                    && (marks.isEmpty() || marks.stream().anyMatch(mark -> isIn(given, mark)));
        }

        private static boolean isIn(Given given, String mark) {
            return Character.isDigit(mark.charAt(0))
                    ? given.numbers().contains(mark)
                    : given.words().contains(mark);
        }
    }

    static TokenErrors of(Provider provider) {
        var name = "/oauth/" + provider.text() + "-errors.txt";
        var file = Objects.requireNonNull(TokenErrors.class.getResourceAsStream(name));
        try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return parse(lines.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TokenErrors parse(List<String> lines) {
        return new TokenErrors(
                lines.stream()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .map(TokenErrors::rule)
                        .toList());
    }

    private static Rule rule(String line) {
        var parts = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        if (parts.size() != 4) {
            throw new IllegalArgumentException("not a rule: " + line);
        }
        var how = parts.get(2).split("\\s+", -1);
        var meaning = Meaning.valueOf(how[0].toUpperCase(Locale.ROOT));
        var more = how.length > 1 ? how[1] : "";
        if ((meaning == Meaning.ENDED) == more.isEmpty() && meaning != Meaning.LATER) {
            throw new IllegalArgumentException("not a rule: " + line);
        }
        return new Rule(
                Set.copyOf(list(parts.get(0))),
                list(parts.get(1).toLowerCase(Locale.ROOT)),
                meaning,
                meaning == Meaning.ENDED ? more : "",
                meaning == Meaning.LATER && !more.isEmpty()
                        ? Duration.parse("PT" + more.toUpperCase(Locale.ROOT))
                        : Duration.ZERO,
                parts.get(3));
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /** The first rule that fits. */
    Optional<Rule> find(Given given) {
        return rules.stream().filter(rule -> rule.fits(given)).findFirst();
    }
}
