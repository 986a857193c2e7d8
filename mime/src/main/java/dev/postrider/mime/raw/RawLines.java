package dev.postrider.mime.raw;

import dev.postrider.mime.compose.Flaw;
import dev.postrider.mime.compose.Flaws;
import dev.postrider.mime.encoding.Source;
import dev.postrider.mime.read.MessageLimits;
import dev.postrider.mime.read.ParseMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** What the lines of a message are like, found in one pass that holds no more than the header. */
final class RawLines {
    /** RFC 5322 section 2.1.1. */
    static final int MAX_LINE = 998;

    /** A message that has no body is all header. */
    private static final int MAX_HEADER = MessageLimits.TAKEN.headerOctets();

    private static final int PIECE = 16 * 1024;

    private final ByteArrayOutputStream header = new ByteArrayOutputStream(2_048);
    private long headerEnd = -1;
    private int line = 1;
    private long start;
    private long at;
    private boolean afterCr;
    private int bareLine;
    private int longLine;
    private int nulLine;
    private boolean eightBit;
    private boolean ended;

    private RawLines() {}

    /**
     * Reads a message.
     *
     * @param parse is given its octets too
     */
    static RawLines of(Source message, ParseMessage parse) throws IOException {
        RawLines lines = new RawLines();
        byte[] piece = new byte[PIECE];
        try (InputStream in = message.open()) {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                for (int i = 0; i < count; i++) {
                    lines.add(piece[i]);
                }
                parse.add(piece, 0, count);
            }
        }
        lines.end();
        return lines;
    }

    /** The octets before the empty line, with the last field's line end. */
    byte[] header() {
        return header.toByteArray();
    }

    /** The index after the header's last line. */
    long headerEnd() {
        return headerEnd;
    }

    /** Whether any octet is over 127. */
    boolean hasEightBit() {
        return eightBit;
    }

    /** Whether the last line has its end. */
    boolean areEnded() {
        return ended;
    }

    private void add(byte octet) {
        eightBit |= octet < 0;
        nulLine = nulLine == 0 && octet == 0 ? line : nulLine;
        boolean lineEnds = afterCr && octet == '\n';
        if (!lineEnds && (afterCr || octet == '\n')) {
            bare();
        }
        afterCr = octet == '\r';
        at++;
        ended = lineEnds;
        if (lineEnds) {
            endLine();
        } else if (headerEnd < 0 && header.size() <= MAX_HEADER && !afterCr) {
            header.write(octet);
        }
    }

    private void endLine() {
        long length = at - 2 - start;
        measure(length);
        if (headerEnd < 0 && length == 0) {
            headerEnd = start;
        } else if (headerEnd < 0) {
            header.write('\r');
            header.write('\n');
        }
        start = at;
        line++;
    }

    private void end() {
        if (afterCr) {
            bare();
        }
        measure(at - start);
        headerEnd = headerEnd < 0 ? at : headerEnd;
    }

    private void measure(long length) {
        longLine = longLine == 0 && length > MAX_LINE ? line : longLine;
    }

    private void bare() {
        bareLine = bareLine == 0 ? line : bareLine;
    }

    void addFlaws(Flaws flaws) {
        flaws.addIf(
                headerEnd == 0,
                "raw",
                Flaw.Kind.MISSING,
                "The message must begin with its header, not with an empty line.");
        flaws.addIf(
                header.size() > MAX_HEADER,
                "raw",
                Flaw.Kind.TOO_LONG,
                "The header has more than %d octets.".formatted(MAX_HEADER));
        flaws.addIf(
                bareLine > 0,
                "raw",
                Flaw.Kind.MALFORMED,
                "Line %d has a CR or LF alone; lines end with CRLF.".formatted(bareLine));
        flaws.addIf(
                nulLine > 0,
                "raw",
                Flaw.Kind.CONTROL_CHARACTER,
                "Line %d has a NUL; encode the part as base64.".formatted(nulLine));
        flaws.addIf(
                longLine > 0,
                "raw",
                Flaw.Kind.TOO_LONG,
                "Line %d has more than %d octets; fold or encode it."
                        .formatted(longLine, MAX_LINE));
    }
}
