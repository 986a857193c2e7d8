package dev.postrider.mime.html;

/** Lays out flowing text in lines and paragraphs, without spaces at either end of a line. */
final class PlainLines {
    private final StringBuilder out = new StringBuilder();
    private int breaks;
    private boolean space;
    private boolean bulleted;

    /** Words, the white space between them collapsed as HTML does. */
    void flowing(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || c == '\u00a0') {
                space = true;
            } else {
                separate();
                out.append(c);
            }
        }
    }

    /** The mark of a list's item; what follows stays beside it, whatever blocks it is in. */
    void bullet(String mark) {
        fresh();
        separate();
        out.append(mark);
        bulleted = true;
    }

    /** Text whose spaces and line ends count. */
    void verbatim(String text) {
        if (!text.isEmpty()) {
            separate();
            out.append(text);
        }
    }

    /** Ends the line, if anything stands in it. */
    void fresh() {
        breaks = Math.max(breaks, 1);
    }

    /** Ends the line, even an empty one; never leaves more than one empty. */
    void lineBreak() {
        breaks = Math.min(breaks + 1, 2);
    }

    void paragraph() {
        breaks = 2;
    }

    int length() {
        return out.length();
    }

    /** What has been written since it was so much. */
    String since(int length) {
        return out.substring(length);
    }

    private void separate() {
        if (!out.isEmpty() && !bulleted) {
            if (breaks > 0) {
                out.append("\n".repeat(breaks));
            } else if (space) {
                out.append(' ');
            }
        }
        bulleted = false;
        breaks = 0;
        space = false;
    }

    @Override
    public String toString() {
        return out.toString().stripTrailing();
    }
}
