package dev.postrider.mime.read;

/**
 * Cuts slices of a message into lines. A line that lies in one slice is passed on where it stands;
 * one that is cut is held until its end is there, a longer one than any server takes is passed on
 * in pieces.
 */
final class SplitLines {
    /** RFC 5322 section 2.1.1, with its end. */
    private static final int MAX_HELD = 1_000;

    private final Lines lines;
    private final byte[] held = new byte[MAX_HELD];
    private int count;
    private boolean begins = true;

    SplitLines(Lines lines) {
        this.lines = lines;
    }

    /** Takes the lines in their order. */
    interface Lines {
        /**
         * A line, or a piece of one.
         *
         * @param to the index behind it, and behind its LF if it has one
         * @param begins whether the line begins with it
         */
        void line(byte[] octets, int from, int to, boolean begins);
    }

    void add(byte[] octets, int from, int to) {
        int start = from;
        for (int i = from; i < to; i++) {
            if (octets[i] == '\n') {
                pass(octets, start, i + 1);
                begins = true;
                start = i + 1;
            }
        }
        hold(octets, start, to);
    }

    void end() {
        flush(count);
    }

    private void pass(byte[] octets, int from, int to) {
        if (count == 0) {
            lines.line(octets, from, to, begins);
            return;
        }
        hold(octets, from, to);
        flush(count);
    }

    private void hold(byte[] octets, int from, int to) {
        if (to - from > MAX_HELD - count) {
            flush(withoutCr(held, count));
        }
        int rest = from;
        if (to - from > MAX_HELD - count) {
            flush(count);
            rest = withoutCr(octets, to);
            lines.line(octets, from, rest, begins);
            begins = false;
        }
        System.arraycopy(octets, rest, held, count, to - rest);
        count += to - rest;
    }

    /** A CR may belong to the end of the line, which is not to be cut. */
    private static int withoutCr(byte[] octets, int to) {
        return to > 0 && octets[to - 1] == '\r' ? to - 1 : to;
    }

    private void flush(int end) {
        if (end > 0) {
            lines.line(held, 0, end, begins);
            begins = false;
        }
        System.arraycopy(held, end, held, 0, count - end);
        count -= end;
    }
}
