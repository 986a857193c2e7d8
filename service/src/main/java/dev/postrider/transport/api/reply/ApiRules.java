package dev.postrider.transport.api.reply;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an API's errors mean; the rules are data, in {@code replies/gmail.txt} and others. */
public final class ApiRules {
    /** A pause stands at a throttle and nowhere else. */
    private static final Pattern RULE =
            Pattern.compile(
                    """
                    (?<status>[3-5][0-9][0-9]|\\*)
                    \\s+ (?<reason>[A-Za-z0-9_]+|\\*)
                    \\s+ (?<meaning>refused|recipient|throttle|hold|app|renew|retry|unknown|unthreaded)
                    (?: \\s+ (?<pause>[1-9][0-9]{0,4}[smh]))?
                    (?: \\s+ (?<words>\\S.*))?
                    """,
                    Pattern.COMMENTS);

    private final List<Rule> rules;

    private ApiRules(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** What an error asks for. */
    public sealed interface Meaning {
        /** The message is refused for good. */
        record Refused() implements Meaning {}

        /** A recipient is refused for good, and with it the message. */
        record Recipient() implements Meaning {}

        /** The mailbox rests; nothing was taken. */
        record Throttle(Duration pause) implements Meaning {}

        /** The mailbox waits for its owner. */
        record Hold() implements Meaning {}

        /** The operator's app is at fault; nothing was taken. */
        record App() implements Meaning {}

        /** The access token isn't taken any more. */
        record Renew() implements Meaning {}

        /** Nothing was taken; it may be later. */
        record Retry() implements Meaning {}

        /** It may have been taken. */
        record Unknown() implements Meaning {}

        /** The conversation isn't there; without it the message may be taken. */
        record Unthreaded() implements Meaning {}
    }

    /**
     * What was decided.
     *
     * @param sentence for who has to act; empty when the provider's words are enough
     */
    public record Decision(Meaning meaning, String sentence) {}

    private record Rule(
            String status, String reason, Meaning meaning, String words, String sentence) {
        boolean fits(int given, ApiError error) {
            return (status.equals("*") || status.equals(String.valueOf(given)))
                    && (reason.equals("*")
                            || error.reasons().stream().anyMatch(reason::equalsIgnoreCase))
                    && error.words().toLowerCase(Locale.ROOT).contains(words);
        }

        Rule saying(String more) {
            return new Rule(
                    status, reason, meaning, words, (sentence + " " + more.strip()).strip());
        }
    }

    public static ApiRules load(String name) {
        var file =
                Objects.requireNonNull(
                        ApiRules.class.getResourceAsStream("/replies/" + name + ".txt"));
        try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return parse(lines.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ApiRules parse(List<String> lines) {
        var rules = new ArrayList<Rule>();
        for (var line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith(" ")) {
                rules.addLast(rules.removeLast().saying(line));
            } else {
                rules.add(rule(line.strip()));
            }
        }
        return new ApiRules(rules);
    }

    private static Rule rule(String line) {
        var rule = RULE.matcher(line);
        if (!rule.matches()
                || rule.group("meaning").equals("throttle") != (rule.group("pause") != null)) {
            throw new IllegalArgumentException("not a rule: " + line);
        }
        var words = rule.group("words");
        return new Rule(
                rule.group("status"),
                rule.group("reason"),
                meaning(rule),
                words == null ? "" : words.toLowerCase(Locale.ROOT),
                "");
    }

    private static Meaning meaning(Matcher rule) {
        return switch (rule.group("meaning")) {
            case "refused" -> new Meaning.Refused();
            case "recipient" -> new Meaning.Recipient();
            case "hold" -> new Meaning.Hold();
            case "app" -> new Meaning.App();
            case "renew" -> new Meaning.Renew();
            case "retry" -> new Meaning.Retry();
            case "unknown" -> new Meaning.Unknown();
            case "unthreaded" -> new Meaning.Unthreaded();
            default ->
                    new Meaning.Throttle(
                            Duration.parse("PT" + rule.group("pause").toUpperCase(Locale.ROOT)));
        };
    }

    /** Of an answer that is no success. */
    public Decision of(ApiReply reply, ApiError error) {
        return rules.stream()
                .filter(rule -> rule.fits(reply.status(), error))
                .findFirst()
                .map(rule -> new Decision(rule.meaning(), rule.sentence()))
                .orElseGet(() -> new Decision(usual(reply), ""));
    }

    /** A page that something between us and the API has made says nothing of the message. */
    private static Meaning usual(ApiReply reply) {
        if (reply.status() >= 500) {
            return new Meaning.Unknown();
        }
        return reply.status() >= 400 && reply.saysJson()
                ? new Meaning.Refused()
                : new Meaning.Retry();
    }
}
