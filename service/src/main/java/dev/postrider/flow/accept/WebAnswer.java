package dev.postrider.flow.accept;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** An HTTP/1.1 answer whose connection ends with it (RFC 9112, 4 to 7). */
final class WebAnswer {
    private static final int MAX_HEAD = 64 * 1024;
    private static final Pattern STATUS_LINE =
            Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})( .*)?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,15}");
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,12})[ \t]*(;.*)?");

    private final InputStream in;
    private final int status;
    private final Map<String, String> headers;

    private WebAnswer(InputStream in, int status, Map<String, String> headers) {
        this.in = in;
        this.status = status;
        this.headers = headers;
    }

    /** Reads the head of the final answer; interim ones (1xx) are passed over (RFC 9110, 15.2). */
    static WebAnswer read(InputStream in) throws IOException {
        var left = new int[] {MAX_HEAD};
        while (true) {
            var line = STATUS_LINE.matcher(line(in, left));
            if (!line.matches()) {
                throw new IOException("no HTTP/1.1");
            }
            var headers = new HashMap<String, String>();
            for (var field = line(in, left); !field.isEmpty(); field = line(in, left)) {
                var colon = Math.max(0, field.indexOf(':'));
                headers.putIfAbsent(
                        field.substring(0, colon).toLowerCase(Locale.ROOT),
                        field.substring(colon).replaceFirst("^:", "").strip());
            }
            var status = Integer.parseInt(line.group(1));
            if (status >= 200) {
                return new WebAnswer(in, status, headers);
            }
        }
    }

    int status() {
        return status;
    }

    boolean isRedirect() {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    Optional<String> header(String lowerName) {
        return Optional.ofNullable(headers.get(lowerName));
    }

    /** The body; empty when it has more octets than that. */
    Optional<byte[]> body(int maxOctets) throws IOException {
        if (header("transfer-encoding").isPresent()) {
            return header("transfer-encoding").get().equalsIgnoreCase("chunked")
                    ? chunks(maxOctets)
                    : unreadable();
        }
        if (header("content-length").isEmpty()) {
            var octets = in.readNBytes(maxOctets + 1);
            return octets.length > maxOctets ? Optional.empty() : Optional.of(octets);
        }
        var length = header("content-length").get();
        if (!LENGTH.matcher(length).matches()) {
            return unreadable();
        }
        return Long.parseLong(length) > maxOctets
                ? Optional.empty()
                : Optional.of(exactly(Integer.parseInt(length)));
    }

    private static Optional<byte[]> unreadable() throws IOException {
        throw new IOException("the body's length can't be told");
    }

    private byte[] exactly(int length) throws IOException {
        var octets = in.readNBytes(length);
        if (octets.length < length) {
            throw new EOFException("the connection ended before the file did");
        }
        return octets;
    }

    /** RFC 9112, 7.1. */
    private Optional<byte[]> chunks(int maxOctets) throws IOException {
        var octets = new ByteArrayOutputStream();
        while (true) {
            var chunk = CHUNK.matcher(line(in, new int[] {MAX_HEAD}));
            if (!chunk.matches()) {
                return unreadable();
            }
            var size = Long.parseLong(chunk.group(1), 16);
            if (size == 0) {
                return Optional.of(octets.toByteArray());
            }
            if (octets.size() + size > maxOctets) {
                return Optional.empty();
            }
            octets.write(exactly((int) size));
            exactly(2);
        }
    }

    /** A line without its end; a lone LF ends one too (RFC 9112, 2.2). */
    private static String line(InputStream in, int[] left) throws IOException {
        var line = new ByteArrayOutputStream();
        for (var octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the connection ended before the answer did");
            }
            if (left[0]-- == 0) {
                throw new IOException("the answer's head is longer than " + MAX_HEAD + " octets");
            }
            line.write(octet);
        }
        var text = line.toString(ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
