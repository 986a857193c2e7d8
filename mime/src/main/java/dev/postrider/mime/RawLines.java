package dev.postrider.mime;

/**
 * What the lines of a message are like, found in one pass.
 *
 * @param headerEnd the index after the header's last line
 * @param bareLine the number of the first line with a CR or LF that isn't CRLF, or 0
 * @param longLine the number of the first line over 998 octets, or 0
 * @param nulLine the number of the first line with a NUL, or 0
 * @param hasEightBit whether any octet is over 127
 */
record RawLines(int headerEnd, int bareLine, int longLine, int nulLine, boolean hasEightBit) {
    /** RFC 5322 section 2.1.1. */
    static final int MAX_LINE = 998;

    static RawLines of(byte[] octets) {
        int headerEnd = -1;
        int bareLine = 0;
        int longLine = 0;
        int nulLine = 0;
        boolean eightBit = false;
        int line = 1;
        int start = 0;
        for (int i = 0; i < octets.length; i++) {
            byte octet = octets[i];
            eightBit |= octet < 0;
            if (octet == 0 && nulLine == 0) {
                nulLine = line;
            }
            boolean crlf = octet == '\r' && i + 1 < octets.length && octets[i + 1] == '\n';
            if (crlf) {
                longLine = longLine == 0 && i - start > MAX_LINE ? line : longLine;
                headerEnd = headerEnd < 0 && i == start ? i : headerEnd;
                i++;
                start = i + 1;
                line++;
            } else if ((octet == '\r' || octet == '\n') && bareLine == 0) {
                bareLine = line;
            }
        }
        longLine = longLine == 0 && octets.length - start > MAX_LINE ? line : longLine;
        return new RawLines(
                headerEnd < 0 ? octets.length : headerEnd, bareLine, longLine, nulLine, eightBit);
    }

    void addFlaws(Flaws flaws) {
        flaws.addIf(
                headerEnd == 0,
                "raw",
                Flaw.Kind.MISSING,
                "The message must begin with its header, not with an empty line.");
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
