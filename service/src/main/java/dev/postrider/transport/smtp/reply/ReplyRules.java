package dev.postrider.transport.smtp.reply;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What replies mean; the rules are data, in {@code replies/rules.txt}. */
public final class ReplyRules {
    /** A pause stands at a throttle and nowhere else. */
    private static final Pattern RULE =
            Pattern.compile(
                    """
                    (?<code>[45][0-9][0-9]|\\*)
                    \\s+ (?<enhanced>[45]\\.[0-9]+\\.([0-9]+|\\*)|\\*)
                    \\s+ (?<meaning>retry|next|throttle|hold|sender|final)
                    (?: \\s+ (?<pause>[1-9][0-9]{0,4}[smh]))?
                    (?: \\s+ (?<words>\\S.*))?
                    """,
                    Pattern.COMMENTS);

    private final List<Rule> rules;

    private ReplyRules(List<Rule> rules) {
        this.rules = rules;
    }

    /** What a reply asks for. */
    sealed interface Meaning {
        record Retry() implements Meaning {}

        /** The recipient is one too many for this transaction. */
        record Next() implements Meaning {}

        /** It is about the sender, whatever command it answers. */
        record Sender() implements Meaning {}

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

    public static ReplyRules load() {
        var file =
                Objects.requireNonNull(ReplyRules.class.getResourceAsStream("/replies/rules.txt"));
        try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return parse(lines.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ReplyRules parse(List<String> lines) {
        return new ReplyRules(
                lines.stream()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .map(ReplyRules::rule)
                        .toList());
    }

    private static Rule rule(String line) {
        var rule = RULE.matcher(line);
        if (!rule.matches()
                || rule.group("meaning").equals("throttle") != (rule.group("pause") != null)) {
            throw new IllegalArgumentException("not a rule: " + line);
        }
        var words = rule.group("words");
        return new Rule(
                rule.group("code"),
                rule.group("enhanced"),
                meaning(rule),
                words == null ? "" : words.toLowerCase(Locale.ROOT));
    }

    private static Meaning meaning(Matcher rule) {
        return switch (rule.group("meaning")) {
            case "retry" -> new Meaning.Retry();
            case "next" -> new Meaning.Next();
            case "sender" -> new Meaning.Sender();
            case "hold" -> new Meaning.Hold();
            case "final" -> new Meaning.Final();
            default ->
                    new Meaning.Throttle(
                            Duration.parse("PT" + rule.group("pause").toUpperCase(Locale.ROOT)));
        };
    }

    public Meaning of(ServerReply reply) {
        return rules.stream()
                .filter(rule -> rule.fits(reply))
                .map(Rule::meaning)
                .findFirst()
                .orElseGet(() -> reply.code() >= 500 ? new Meaning.Final() : new Meaning.Retry());
    }
}
