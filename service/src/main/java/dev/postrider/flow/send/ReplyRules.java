package dev.postrider.flow.send;

import dev.postrider.email.ServerReply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** What replies mean; the rules are data, in {@code replies/rules.txt}. */
final class ReplyRules {
    private final List<Rule> rules;

    private ReplyRules(List<Rule> rules) {
        this.rules = rules;
    }

    /** What a reply asks for. */
    sealed interface Meaning {
        record Retry() implements Meaning {}

        record Throttle(Duration pause) implements Meaning {}

        record Hold() implements Meaning {}

        record Final() implements Meaning {}
    }

    private record Rule(String code, String enhanced, Meaning meaning, String words) {
        boolean fits(ServerReply reply) {
            return (code.equals("*") || code.equals(String.valueOf(reply.code())))
                    && fits(reply.enhanced())
                    && reply.text().toLowerCase(Locale.ROOT).contains(words);
        }

        private boolean fits(Optional<String> given) {
            if (enhanced.equals("*")) {
                return true;
            }
            return enhanced.endsWith(".*")
                    ? given.filter(code ->
                                    code.startsWith(enhanced.substring(0, enhanced.length() - 1)))
                            .isPresent()
                    : given.filter(enhanced::equals).isPresent();
        }
    }

    static ReplyRules load() {
        var file =
                Objects.requireNonNull(ReplyRules.class.getResourceAsStream("/replies/rules.txt"));
        try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return parse(lines.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ReplyRules parse(List<String> lines) {
        return new ReplyRules(
                lines.stream()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .map(ReplyRules::rule)
                        .toList());
    }

    private static Rule rule(String line) {
        var words = line.split("\\s+", 5);
        var pauses = words.length > 3 && words[3].matches("[0-9]+[smh]");
        var meaning =
                switch (words[2]) {
                    case "retry" -> new Meaning.Retry();
                    case "throttle" ->
                            new Meaning.Throttle(
                                    Duration.parse("PT" + words[3].toUpperCase(Locale.ROOT)));
                    case "hold" -> new Meaning.Hold();
                    case "final" -> new Meaning.Final();
                    default -> throw new IllegalArgumentException("no meaning in: " + line);
                };
        return new Rule(
                words[0],
                words[1],
                meaning,
                pauses && words.length > 4 ? words[4].toLowerCase(Locale.ROOT) : "");
    }

    Meaning of(ServerReply reply) {
        return rules.stream()
                .filter(rule -> rule.fits(reply))
                .map(Rule::meaning)
                .findFirst()
                .orElseGet(() -> reply.code() >= 500 ? new Meaning.Final() : new Meaning.Retry());
    }
}
