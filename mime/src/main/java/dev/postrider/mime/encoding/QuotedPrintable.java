package dev.postrider.mime.encoding;

import dev.postrider.mime.text.Escapes;

/**
 * Quoted-printable (RFC 2045 section 6.7) for UTF-8 text in CRLF lines. Beyond what the RFC asks, a
 * soft line break never falls inside a character, and a line never begins with a dot or "From ",
 * which careless servers change (RFC 2049 section 3).
 */
final class QuotedPrintable {
    private static final int MAX_LINE = 76;

    private final byte[] octets;
    private final StringBuilder out;
    private int column;

    QuotedPrintable(byte[] octets) {
        this.octets = octets;
        this.out = new StringBuilder(octets.length + octets.length / 8);
    }

    String encode() {
        int at = 0;
        while (at < octets.length) {
            if (isLineEnd(at)) {
                out.append("\r\n");
                column = 0;
                at += 2;
            } else {
                at = character(at);
            }
        }
        return out.toString();
    }

    /** Writes the character that begins at an octet; gives where the next one begins. */
    private int character(int at) {
        int end = at + 1;
        while (end < octets.length && (octets[end] & 0xc0) == 0x80) {
            end++;
        }
        int width = isLiteral(at) ? 1 : 3 * (end - at);
        if (column + width > MAX_LINE - 1) {
            out.append("=\r\n");
            column = 0;
        }
        if (isLiteral(at)) {
            out.append((char) octets[at]);
            column++;
        } else {
            for (int i = at; i < end; i++) {
                Escapes.append(out, '=', octets[i]);
            }
            column += 3 * (end - at);
        }
        return end;
    }

    private boolean isLiteral(int at) {
        byte octet = octets[at];
        if (octet == ' ' || octet == '\t') {
            return at + 1 < octets.length && !isLineEnd(at + 1);
        }
        if (octet <= ' ' || octet == '=' || octet == 127) {
            return false;
        }
        return column > 0 || (octet != '.' && !isFrom(at));
    }

    private boolean isFrom(int at) {
        return at + 4 < octets.length
                && octets[at] == 'F'
                && octets[at + 1] == 'r'
                && octets[at + 2] == 'o'
                && octets[at + 3] == 'm'
                && octets[at + 4] == ' ';
    }

    private boolean isLineEnd(int at) {
        return at + 1 < octets.length && octets[at] == '\r' && octets[at + 1] == '\n';
    }
}
