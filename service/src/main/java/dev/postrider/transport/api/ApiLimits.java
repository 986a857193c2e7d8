package dev.postrider.transport.api;

import dev.postrider.transport.SendingLimits;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * What a provider's API bears, from {@code /api-limits}; a limit followed by {@code .DOMAIN} is
 * that of the addresses of one domain.
 */
public record ApiLimits(Properties file) {
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    public static ApiLimits load(String name) {
        var file = new Properties();
        try (var reader =
                new InputStreamReader(
                        Objects.requireNonNull(
                                ApiLimits.class.getResourceAsStream(
                                        "/api-limits/" + name + ".properties")),
                        StandardCharsets.UTF_8)) {
            file.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ApiLimits(file);
    }

    /** Of a mailbox of that address. */
    SendingLimits sending(String address) {
        var domain = address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        return new SendingLimits(
                of("messages_per_minute", domain),
                of("messages_per_day", domain),
                of("recipients_per_day", domain),
                of("connections", domain).orElse(SendingLimits.CONNECTIONS));
    }

    private Optional<Integer> of(String name, String domain) {
        return Optional.ofNullable(file.getProperty(name + "." + domain))
                .or(() -> Optional.ofNullable(file.getProperty(name)))
                .map(Integer::valueOf);
    }

    /** Of one message. */
    public int recipients() {
        return number("recipients");
    }

    /** Of one message, with what is put before it. */
    public int octets() {
        return number("octets");
    }

    /** The largest message that goes in the request that is the usual one. */
    public int octetsInline() {
        return number("octets_inline");
    }

    /** Of one message that is handed over as a draft. */
    public int octetsDrafted() {
        return number("octets_drafted");
    }

    /** Of a request that makes a draft: what of its files fits into it goes along. */
    public int octetsOfDraftRequest() {
        return number("octets_draft_request");
    }

    /** Of a file that is added by one request; larger ones are uploaded. */
    public int octetsOfFileRequest() {
        return number("octets_file_request");
    }

    /** Of a range of an upload. */
    public int octetsOfRange() {
        return number("octets_range");
    }

    /** How many fields of one's own a draft may have. */
    public int draftFields() {
        return number("draft_fields");
    }

    /**
     * How long after an attempt a message that isn't in the mailbox may still appear there; {@code
     * -Dpostrider.settles-seconds=N} says otherwise, for a lab whose mailboxes are quicker.
     */
    public Duration settles() {
        return Duration.ofSeconds(
                Integer.getInteger("postrider.settles-seconds", number("settles_seconds")));
    }

    /** Before the mailbox is looked into again. */
    Duration lookEvery() {
        var half = settles().dividedBy(2);
        return half.compareTo(LOOK_EVERY) < 0 ? half : LOOK_EVERY;
    }

    /** How long an answer may take, beside the time that the message takes to leave. */
    Duration answer() {
        return Duration.ofSeconds(number("answer_seconds"));
    }

    private int number(String name) {
        return Integer.parseInt(file.getProperty(name));
    }
}
