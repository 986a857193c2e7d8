package dev.postrider.flow.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the head of an HTTP/1.1 answer (RFC 9112, 4 and 5), 64 KB of it at most. */
final class ReadAnswer {
    private static final int MAX_HEAD = 64 * 1024;
    private static final Pattern STATUS_LINE =
            Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})( .*)?");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final String RETRY_AFTER = "retry-after:";

    private final InputStream in;
    private final InstantSource clock;
    private int left = MAX_HEAD;

    ReadAnswer(InputStream in, InstantSource clock) {
        this.in = in;
        this.clock = clock;
    }

    /** The final answer; interim ones (1xx) are passed over (RFC 9110, 15.2). */
    Answer read() throws IOException {
        while (true) {
            var status = STATUS_LINE.matcher(line());
            if (!status.matches()) {
                return new Answer.None("The endpoint doesn't speak HTTP/1.1.");
            }
            var pause = Optional.<Duration>empty();
            for (var field = line(); !field.isEmpty(); field = line()) {
                if (field.regionMatches(true, 0, RETRY_AFTER, 0, RETRY_AFTER.length())) {
                    pause = pause(field.substring(RETRY_AFTER.length()).strip());
                }
            }
            var code = Integer.parseInt(status.group(1));
            if (code >= 200) {
                return new Answer.Status(code, pause);
            }
        }
    }

    /** A line without its end; a lone LF ends one too (RFC 9112, 2.2). */
    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var octet = next(); octet != '\n'; octet = next()) {
            line.write(octet);
        }
        var text = line.toString(ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private int next() throws IOException {
        if (left == 0) {
            throw new IOException("the answer's head is longer than " + MAX_HEAD + " bytes");
        }
        left--;
        var octet = in.read();
        if (octet < 0) {
            throw new EOFException("the connection ended before the answer did");
        }
        return octet;
    }

    /** Seconds or a date (RFC 9110, 10.2.3); anything else counts as absent. */
    private Optional<Duration> pause(String value) {
        if (SECONDS.matcher(value).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            var until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            var pause = Duration.between(clock.instant(), until.toInstant());
            return pause.isNegative() ? Optional.empty() : Optional.of(pause);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
