package dev.postrider.mime.encoding;

/**
 * Quoted-printable (RFC 2045 section 6.7): white space at a line's end is dropped, an equals sign
 * that begins no escape stays.
 */
final class QuotedPrintableDecoder implements TransferDecoder {
    /** What may turn out to be nothing: white space, or an equals sign and what follows it. */
    private final byte[] held = new byte[MARGIN - 2];

    private int count;

    /** Whether what is held begins with an equals sign. */
    private boolean escape;

    /** The first of an escape's two digits, or -1. */
    private int digit = -1;

    @Override
    public int decode(byte[] in, int from, int to, byte[] out) {
        int at = 0;
        for (int i = from; i < to; i++) {
            at = escape ? escaped(in[i], out, at) : octet(in[i], out, at);
        }
        return at;
    }

    @Override
    public int end(byte[] out) {
        return digit >= 0 ? release(out, 0) : drop(0);
    }

    private int octet(byte octet, byte[] out, int at) {
        if (isBlank(octet)) {
            return hold(octet, out, at);
        }
        if (octet == '\n') {
            int next = at;
            if (count > 0 && held[count - 1] == '\r') {
                out[next++] = '\r';
            }
            out[next++] = '\n';
            return drop(next);
        }
        int next = release(out, at);
        if (octet == '=') {
            escape = true;
            return hold(octet, out, next);
        }
        out[next] = octet;
        return next + 1;
    }

    private int escaped(byte octet, byte[] out, int at) {
        int value = Character.digit(octet, 16);
        if (digit >= 0 && value >= 0) {
            out[at] = (byte) ((digit << 4) | value);
            return drop(at + 1);
        }
        if (digit < 0 && octet == '\n') {
            return drop(at);
        }
        if (digit < 0 && isBlank(octet)) {
            return hold(octet, out, at);
        }
        if (count == 1 && value >= 0) {
            digit = value;
            return hold(octet, out, at);
        }
        return octet(octet, out, release(out, at));
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t' || octet == '\r';
    }

    private int hold(byte octet, byte[] out, int at) {
        int next = count == held.length ? release(out, at) : at;
        held[count++] = octet;
        return next;
    }

    private int release(byte[] out, int at) {
        System.arraycopy(held, 0, out, at, count);
        return drop(at + count);
    }

    private int drop(int at) {
        count = 0;
        escape = false;
        digit = -1;
        return at;
    }
}
