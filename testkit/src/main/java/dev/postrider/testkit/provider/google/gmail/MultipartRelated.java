package dev.postrider.testkit.provider.google.gmail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two parts of an upload (RFC 2387), octet by octet: nothing is decoded. */
final class MultipartRelated {
    private static final Pattern BOUNDARY =
            Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);

    private MultipartRelated() {}

    /** The bodies; empty unless there are two: a JSON object, then a message. */
    static Optional<List<byte[]>> parse(String contentType, byte[] body) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            return Optional.empty();
        }
        String name = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
        byte[] delimiter = ("--" + name).getBytes(StandardCharsets.US_ASCII);
        var parts = new ArrayList<byte[]>();
        int start = indexOf(body, delimiter, 0);
        while (start >= 0) {
            int end = indexOf(body, delimiter, start + delimiter.length);
            if (end < 0) {
                break;
            }
            part(body, start + delimiter.length, end).ifPresent(parts::add);
            start = end;
        }
        return parts.size() == 2 ? Optional.of(parts) : Optional.empty();
    }

    /** Without its header, and without the line's end that belongs to the next delimiter. */
    private static Optional<byte[]> part(byte[] body, int from, int to) {
        byte[] empty = {'\r', '\n', '\r', '\n'};
        int header = indexOf(body, empty, from);
        return header < 0 || header + 4 > to - 2
                ? Optional.empty()
                : Optional.of(Arrays.copyOfRange(body, header + 4, to - 2));
    }

    private static int indexOf(byte[] octets, byte[] wanted, int from) {
        for (int i = from; i + wanted.length <= octets.length; i++) {
            if (octets[i] == wanted[0]
                    && Arrays.equals(octets, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
