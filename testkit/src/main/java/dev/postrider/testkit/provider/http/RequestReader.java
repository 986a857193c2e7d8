package dev.postrider.testkit.provider.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads requests of a connection (RFC 9112), the head first, so that a body can be left unread. */
final class RequestReader {
    private static final int MAX_LINE = 64 * 1024;
    private static final int MAX_BODY = 200 * 1024 * 1024;

    private final InputStream in;

    RequestReader(InputStream in) {
        this.in = new BufferedInputStream(in, 32 * 1024);
    }

    /** Null at the end of the connection. */
    @Nullable Request readHead() throws IOException {
        String first = readLine();
        if (first == null) {
            return null;
        }
        String[] words = first.split(" ", -1);
        if (words.length != 3) {
            throw new IOException("no request line: " + first);
        }
        var headers = new HashMap<String, List<String>>();
        for (String line = readLine(); line != null && !line.isEmpty(); line = readLine()) {
            String[] sides = line.split(":", 2);
            if (sides.length < 2) {
                throw new IOException("no header: " + line);
            }
            headers.computeIfAbsent(
                            sides[0].strip().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(sides[1].strip());
        }
        String[] target = words[1].split("\\?", 2);
        return new Request(
                words[0],
                Form.decode(target[0].replace("+", "%2B")),
                Map.of(),
                target.length == 2 ? Form.parse(target[1]) : Form.EMPTY,
                headers,
                new byte[0]);
    }

    Request readBody(Request head) throws IOException {
        if (head.header("transfer-encoding").isPresent()) {
            return head.withBody(readChunks());
        }
        String length = head.header("content-length").orElse("0");
        try {
            return head.withBody(readExactly(Integer.parseInt(length)));
        } catch (NumberFormatException e) {
            throw new IOException("no Content-Length: " + length, e);
        }
    }

    /** RFC 9112 section 7.1 */
    private byte[] readChunks() throws IOException {
        var all = new ByteArrayOutputStream();
        while (true) {
            String line = readLine();
            if (line == null) {
                throw new EOFException("the body ended before its last chunk");
            }
            int size = Integer.parseInt(line.split(";", 2)[0].strip(), 16);
            if (size == 0) {
                readTrailers();
                return all.toByteArray();
            }
            if (all.size() + size > MAX_BODY) {
                throw new IOException("the body is too large");
            }
            all.write(readExactly(size));
            readLine();
        }
    }

    private void readTrailers() throws IOException {
        String line = readLine();
        while (line != null && !line.isEmpty()) {
            line = readLine();
        }
    }

    private byte[] readExactly(int length) throws IOException {
        if (length < 0 || length > MAX_BODY) {
            throw new IOException("the body is too large: " + length);
        }
        byte[] octets = in.readNBytes(length);
        if (octets.length < length) {
            throw new EOFException("the body ended after " + octets.length + " of " + length);
        }
        return octets;
    }

    private @Nullable String readLine() throws IOException {
        var line = new ByteArrayOutputStream(128);
        int octet = in.read();
        if (octet < 0) {
            return null;
        }
        for (; octet != '\n'; octet = in.read()) {
            if (octet < 0 || line.size() > MAX_LINE) {
                throw new EOFException("a line without an end");
            }
            line.write(octet);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
