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
import java.util.OptionalLong;
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

    /** How long the body is, when the server says it. */
    OptionalLong length() throws IOException {
        var length = header("content-length");
        if (length.isEmpty() || header("transfer-encoding").isPresent()) {
            return OptionalLong.empty();
        }
        if (!LENGTH.matcher(length.get()).matches()) {
            throw unreadable();
        }
        return OptionalLong.of(Long.parseLong(length.get()));
    }

    /** The body; reading it fails when the connection ends before it does (RFC 9112, 8). */
    InputStream body() throws IOException {
        if (header("transfer-encoding").isPresent()) {
            if (!header("transfer-encoding").get().equalsIgnoreCase("chunked")) {
                throw unreadable();
            }
            return new Framed(0, false);
        }
        var length = length();
        return length.isPresent() ? new Framed(length.getAsLong(), true) : in;
    }

    private static IOException unreadable() {
        return new IOException("the body's length can't be told");
    }

    /** One part of known length after another (RFC 9112, 7.1). */
    private final class Framed extends InputStream {
        private long left;
        private boolean isLast;

        private Framed(long first, boolean isLast) {
            this.left = first;
            this.isLast = isLast;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0 && !isLast) {
                nextChunk();
            }
            if (left == 0 || length == 0) {
                return length == 0 ? 0 : -1;
            }
            var count = in.read(into, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException("the connection ended before the file did");
            }
            left -= count;
            if (left == 0 && !isLast) {
                in.skipNBytes(2);
            }
            return count;
        }

        private void nextChunk() throws IOException {
            var chunk = CHUNK.matcher(line(in, new int[] {MAX_HEAD}));
            if (!chunk.matches()) {
                throw unreadable();
            }
            left = Long.parseLong(chunk.group(1), 16);
            isLast = left == 0;
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
