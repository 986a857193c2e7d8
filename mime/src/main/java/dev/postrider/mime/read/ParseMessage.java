package dev.postrider.mime.read;

import dev.postrider.mime.header.DecodeWords;
import dev.postrider.mime.header.HeaderField;
import dev.postrider.mime.text.WellFormedUtf16;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message slice by slice, as it comes or goes by, in one pass: each octet is looked at a
 * few times, however parts nest (RFC 2046 section 5.1). For one thread.
 */
public final class ParseMessage {
    /** Octets of a boundary; RFC 2046 section 5.1.1 allows 70. */
    private static final int MAX_BOUNDARY = 200;

    private static final int MAX_BOUNDARY_LINE = MAX_BOUNDARY + 64;

    private final MessageLimits limits;
    private final SplitLines lines = new SplitLines(this::line);
    private final Set<MessageLimits.Exceeded> exceeded =
            EnumSet.noneOf(MessageLimits.Exceeded.class);
    private final Deque<Multipart> open = new ArrayDeque<>();
    private final Map<String, Multipart> byBoundary = new HashMap<>();
    private final List<MessagePart> files = new ArrayList<>();
    private final byte[] decoded = new byte[PartBody.BUFFER];
    private @Nullable List<HeaderField> header;
    private @Nullable HeaderReader reader;
    private @Nullable PartBody body;
    private Optional<String> text = Optional.empty();
    private Optional<String> html = Optional.empty();
    private int parts;
    private boolean isFull;
    private long at;

    public ParseMessage(MessageLimits limits) {
        this.limits = limits;
        begin();
    }

    private record Multipart(String boundary, boolean isDigest) {}

    public void add(byte[] octets, int from, int to) {
        if (!isFull) {
            lines.add(octets, from, to);
        }
    }

    /** What the message says, once all of it was added. */
    public ParsedMessage end() {
        lines.end();
        endPart();
        List<HeaderField> fields = header == null ? List.of() : header;
        return new ParsedMessage(
                fields.stream()
                        .map(field ->
                                new HeaderField(
                                        field.name(),
                                        WellFormedUtf16.text(DecodeWords.in(field.value()))))
                        .toList(),
                text,
                html,
                files,
                exceeded);
    }

    private void line(byte[] octets, int from, int to, boolean begins) {
        if (isFull) {
            return;
        }
        int end = endOfText(octets, from, to);
        Multipart ended = begins ? boundaryOf(octets, from, end) : null;
        if (ended != null) {
            boundary(ended, isClosing(octets, from, end, ended));
        } else if (reader != null) {
            headerLine(reader, octets, from, to, end, begins);
        } else if (body != null) {
            body.add(octets, from, to, end);
        }
        at += to - from;
    }

    private void headerLine(
            HeaderReader current, byte[] octets, int from, int to, int end, boolean begins) {
        if (begins && from == end && end < to) {
            endHeader(at + to - from);
        } else {
            current.line(octets, from, end, begins);
        }
    }

    /** A part begins, if there may be another one. */
    private void begin() {
        body = null;
        reader = null;
        isFull = parts == limits.parts();
        if (isFull) {
            exceeded.add(MessageLimits.Exceeded.PARTS);
        } else {
            parts++;
            reader = new HeaderReader(limits, exceeded);
        }
    }

    private void endHeader(long bodyStart) {
        if (reader == null) {
            return;
        }
        List<HeaderField> fields = reader.end();
        reader = null;
        header = header == null ? fields : header;
        Multipart around = open.peek();
        PartHeader part = PartHeader.of(fields, around != null && around.isDigest());
        if (!enter(part)) {
            body = body(part, bodyStart);
        }
    }

    /** Whether the part is one whose parts are read. */
    private boolean enter(PartHeader part) {
        String boundary = part.boundary();
        if (boundary.isEmpty()
                || boundary.length() > MAX_BOUNDARY
                || byBoundary.containsKey(boundary)) {
            return false;
        }
        if (open.size() == limits.depth()) {
            exceeded.add(MessageLimits.Exceeded.DEPTH);
            return false;
        }
        Multipart multipart = new Multipart(boundary, part.isDigest());
        open.push(multipart);
        byBoundary.put(boundary, multipart);
        return true;
    }

    private PartBody body(PartHeader part, long start) {
        boolean shown = !part.isFile();
        boolean isText = shown && part.type().equals("text/plain") && text.isEmpty();
        boolean isHtml = shown && part.type().equals("text/html") && html.isEmpty();
        return new PartBody(part, start, decoded, isText || isHtml ? limits.textOctets() : -1);
    }

    /** Ends the part before a boundary, and all multiparts within the boundary's own. */
    private void boundary(Multipart multipart, boolean closing) {
        endPart();
        while (!multipart.equals(open.peek())) {
            byBoundary.remove(open.pop().boundary());
        }
        if (closing) {
            open.pop();
            byBoundary.remove(multipart.boundary());
        } else {
            begin();
        }
    }

    private void endPart() {
        if (reader != null) {
            endHeader(at);
        }
        if (body == null) {
            return;
        }
        PartBody ended = body;
        body = null;
        if (!ended.isText()) {
            files.add(ended.file());
            return;
        }
        Optional<String> words = Optional.of(ended.text());
        if (ended.isCut()) {
            exceeded.add(MessageLimits.Exceeded.TEXT);
        }
        if (ended.header().type().equals("text/html")) {
            html = words;
        } else {
            text = words;
        }
    }

    private @Nullable Multipart boundaryOf(byte[] octets, int from, int end) {
        if (byBoundary.isEmpty()
                || end - from < 3
                || end - from > MAX_BOUNDARY_LINE
                || octets[from] != '-'
                || octets[from + 1] != '-') {
            return null;
        }
        String written =
                new String(octets, from + 2, end - from - 2, StandardCharsets.ISO_8859_1)
                        .stripTrailing();
        Multipart multipart = byBoundary.get(written);
        return multipart == null && written.endsWith("--")
                ? byBoundary.get(written.substring(0, written.length() - 2))
                : multipart;
    }

    private static boolean isClosing(byte[] octets, int from, int end, Multipart multipart) {
        int behind = from + 2 + multipart.boundary().length();
        return behind + 1 < end && octets[behind] == '-' && octets[behind + 1] == '-';
    }

    /** The index of the line's CRLF or LF. */
    private static int endOfText(byte[] octets, int from, int to) {
        if (to == from || octets[to - 1] != '\n') {
            return to;
        }
        return to - 1 > from && octets[to - 2] == '\r' ? to - 2 : to - 1;
    }
}
