package dev.postrider.door.api.body;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The inside of a JSON string, up to its closing quotation mark, without its escapes (RFC 8259, 7).
 * Half a surrogate pair, which no UTF-8 can say, becomes U+FFFD.
 */
final class UnescapedJson extends InputStream {
    static final int PIECE = 8 * 1_024;

    /** The longest that one octet more can bring: U+FFFD, and a character behind it. */
    private static final int SLACK = 8;

    private final InputStream in;
    private final byte[] piece = new byte[PIECE];
    private final byte[] unescaped = new byte[PIECE + SLACK];
    private int at;
    private int end;
    private int ready;
    private int given;
    private char high;
    private boolean ended;

    /**
     * @param in begins behind the opening quotation mark
     */
    UnescapedJson(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (given == ready && !fill()) {
            return -1;
        }
        var count = Math.min(length, ready - given);
        System.arraycopy(unescaped, given, into, offset, count);
        given += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean fill() throws IOException {
        ready = 0;
        given = 0;
        while (!ended && ready < PIECE) {
            var octet = next();
            if (octet == '\\') {
                unescape(next());
            } else {
                endPair();
                ended = octet == '"';
                at--;
                copyPlain();
            }
        }
        return ready > 0;
    }

    /** Most of what comes: octets that stand for themselves, up to the next that don't. */
    private void copyPlain() {
        var from = at;
        var to = from;
        var limit = Math.min(end, from + PIECE - ready);
        while (to < limit && piece[to] != '"' && piece[to] != '\\') {
            to++;
        }
        System.arraycopy(piece, from, unescaped, ready, to - from);
        ready += to - from;
        at = to;
    }

    private byte next() throws IOException {
        if (at == end) {
            at = 0;
            end = in.read(piece);
            if (end <= 0) {
                throw new EOFException("a JSON string has no end");
            }
        }
        return piece[at++];
    }

    private void unescape(byte octet) throws IOException {
        if (octet == 'u') {
            unit((char) (hex() << 12 | hex() << 8 | hex() << 4 | hex()));
            return;
        }
        endPair();
        unescaped[ready++] =
                switch (octet) {
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    default -> octet;
                };
    }

    private int hex() throws IOException {
        return Character.digit(next(), 16);
    }

    private void unit(char unit) {
        if (high != 0 && Character.isLowSurrogate(unit)) {
            add(new String(new char[] {high, unit}));
            high = 0;
            return;
        }
        endPair();
        if (Character.isHighSurrogate(unit)) {
            high = unit;
        } else {
            add(Character.isLowSurrogate(unit) ? "\ufffd" : String.valueOf(unit));
        }
    }

    private void endPair() {
        if (high != 0) {
            add("\ufffd");
            high = 0;
        }
    }

    private void add(String character) {
        var octets = character.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(octets, 0, unescaped, ready, octets.length);
        ready += octets.length;
    }
}
