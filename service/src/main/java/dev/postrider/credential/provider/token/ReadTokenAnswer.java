package dev.postrider.credential.provider.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postrider.credential.provider.AccessToken;
import dev.postrider.credential.provider.AppScopes;
import dev.postrider.credential.provider.Provider;
import dev.postrider.credential.provider.token.ProviderCalls.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what a token endpoint answers (RFC 6749, 5.1 and 5.2). */
final class ReadTokenAnswer {
    private static final Duration USUAL_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONG_PAUSE = Duration.ofMinutes(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** Of a token whose answer doesn't say it, or says something that isn't a time. */
    private static final Duration SHORT_LIFE = Duration.ofMinutes(5);

    private static final Duration LONGEST_LIFE = Duration.ofDays(1);

    /** Longer than any token that is known; a header of it must still fit. */
    private static final int MAX_TOKEN = 64 * 1024;

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern ENTRA_NUMBER = Pattern.compile("AADSTS([0-9]{4,9})");

    /** What Microsoft adds for its support, another for each answer. */
    private static final Pattern TRACE = Pattern.compile("(?s)\\s*(Trace ID|Correlation ID):.*");

    private final Provider provider;
    private final TokenErrors errors;
    private final InstantSource clock;

    ReadTokenAnswer(Provider provider, InstantSource clock) {
        this.provider = provider;
        this.errors = TokenErrors.of(provider);
        this.clock = clock;
    }

    /**
     * @param asked when the request was made: from then on a token's life is counted
     * @param wanted what an answer that names no scopes was asked for (RFC 6749, 5.1)
     */
    TokenAnswer of(Reply reply, Instant asked, Set<String> wanted) {
        return switch (reply) {
            case Reply.None(var reason) ->
                    new TokenAnswer.NotNow(
                            name() + "'s token endpoint " + reason + ".", USUAL_PAUSE);
            case Reply.Answer answer -> of(answer, asked, wanted);
        };
    }

    private TokenAnswer of(Reply.Answer answer, Instant asked, Set<String> wanted) {
        if (answer.status() == 429 || answer.status() >= 500) {
            return passing(answer, "answered " + answer.status());
        }
        if (answer.json().isEmpty()) {
            return passing(
                    answer, "answered " + answer.status() + " with something that isn't JSON");
        }
        var json = answer.json().get();
        return answer.status() == 200 ? tokens(answer, json, asked, wanted) : error(answer, json);
    }

    private TokenAnswer passing(Reply.Answer answer, String what) {
        return new TokenAnswer.NotNow(
                name() + "'s token endpoint " + what + ".", pause(answer, USUAL_PAUSE));
    }

    private TokenAnswer tokens(
            Reply.Answer answer, ObjectNode json, Instant asked, Set<String> wanted) {
        var access = token(json, "access_token");
        if (access.isEmpty()) {
            return passing(answer, "answered 200 without an access token");
        }
        var scopes =
                text(json, "scope")
                        .map(given -> AppScopes.shortened(List.of(given.strip().split("\\s+", -1))))
                        .orElse(wanted);
        return new TokenAnswer.Tokens(
                new AccessToken(access.get(), asked.plus(life(json.path("expires_in"))), scopes),
                token(json, "refresh_token"),
                token(json, "id_token"),
                endsAt(json, asked));
    }

    /** A token that is over at once is no reason to ask again and again: its user is told so. */
    private static Duration life(JsonNode expiresIn) {
        var seconds = number(expiresIn);
        if (seconds.isEmpty()) {
            return SHORT_LIFE;
        }
        return Duration.ofSeconds(Math.clamp(seconds.getAsLong(), 0, LONGEST_LIFE.toSeconds()));
    }

    /** Google's, when the user has granted access for a time (time-based access). */
    private static Optional<Instant> endsAt(ObjectNode json, Instant asked) {
        var seconds = number(json.path("refresh_token_expires_in"));
        // Microsoft's own tokens say 0, or how long they live unused
        return seconds.isPresent() && seconds.getAsLong() > 0
                ? Optional.of(
                        asked.plusSeconds(
                                Math.min(seconds.getAsLong(), Duration.ofDays(3650).toSeconds())))
                : Optional.empty();
    }

    private static OptionalLong number(JsonNode node) {
        return (node.isNumber() || node.isTextual()) && NUMBER.matcher(node.asText()).matches()
                ? OptionalLong.of(Long.parseLong(node.asText()))
                : OptionalLong.empty();
    }

    private TokenAnswer error(Reply.Answer answer, ObjectNode json) {
        var error = text(json, "error").orElse("");
        var description = text(json, "error_description").orElse("");
        var given =
                new TokenErrors.Given(
                        error.toLowerCase(Locale.ROOT),
                        (text(json, "error_subtype").orElse("") + " " + description)
                                .toLowerCase(Locale.ROOT),
                        numbers(json, description));
        var said = said(error, description);
        var rule = errors.find(given);
        if (rule.isEmpty()) {
            return new TokenAnswer.NotNow(
                    name() + "'s token endpoint answered " + answer.status() + "." + said,
                    pause(answer, LONG_PAUSE));
        }
        var found = rule.get();
        return switch (found.meaning()) {
            case ENDED -> new TokenAnswer.Ended(found.code(), found.sentence() + said);
            case APP -> new TokenAnswer.AppAtFault(true, found.sentence() + said);
            case REQUEST -> new TokenAnswer.AppAtFault(false, found.sentence() + said);
            case LATER ->
                    new TokenAnswer.NotNow(
                            found.sentence() + said,
                            pause(answer, found.pause().isZero() ? USUAL_PAUSE : found.pause()));
        };
    }

    private String said(String error, String description) {
        var words =
                (error + (description.isEmpty() ? "" : ": " + description))
                        .replaceAll("[\\p{Cntrl}\\s]+", " ")
                        .strip();
        var plain = TRACE.matcher(words).replaceFirst("");
        return plain.isEmpty()
                ? ""
                : " ("
                        + name()
                        + " said: "
                        + plain.substring(0, Math.min(300, plain.length()))
                        + ")";
    }

    private static Set<String> numbers(ObjectNode json, String description) {
        var numbers = new HashSet<String>();
        json.path("error_codes").forEach(each -> numbers.add(each.asText()));
        ENTRA_NUMBER.matcher(description).results().forEach(each -> numbers.add(each.group(1)));
        return numbers;
    }

    private Duration pause(Reply.Answer answer, Duration otherwise) {
        var told = answer.retryAfter().flatMap(this::pause).orElse(otherwise);
        return Arrays.asList(told, LONGEST_PAUSE).stream()
                .min(Duration::compareTo)
                .filter(each -> each.compareTo(otherwise) > 0)
                .orElse(otherwise);
    }

    /** RFC 9110, 10.2.3: seconds, or a date. */
    private Optional<Duration> pause(String retryAfter) {
        if (retryAfter.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)));
        }
        try {
            var date = ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(Duration.between(clock.instant(), date.toInstant()));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(ObjectNode json, String name) {
        var value = json.path(name);
        return value.isTextual() && !value.asText().isBlank()
                ? Optional.of(value.asText())
                : Optional.empty();
    }

    /** What goes into a header must be printable. */
    private static Optional<String> token(ObjectNode json, String name) {
        return text(json, name)
                .filter(token -> token.length() <= MAX_TOKEN)
                .filter(token -> token.chars().allMatch(each -> each > 0x20 && each < 0x7f));
    }

    private String name() {
        return switch (provider) {
            case GOOGLE -> "Google";
            case MICROSOFT -> "Microsoft";
        };
    }
}
