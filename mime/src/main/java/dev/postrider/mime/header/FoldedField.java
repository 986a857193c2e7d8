package dev.postrider.mime.header;

/**
 * Writes one header field, folded at spaces so that lines stay within 78 columns where they can
 * (RFC 5322 sections 2.1.1 and 2.2.3). Unfolding, which only removes line ends, gives the same text
 * back.
 */
public final class FoldedField {
    private static final int MAX_COLUMNS = 78;

    private final StringBuilder out;
    private int column;
    private boolean empty = true;

    public FoldedField(StringBuilder out, String name) {
        this.out = out;
        out.append(name).append(':');
        this.column = name.length() + 1;
    }

    /** Adds a space and a word. The first word stays beside the field's name, however long. */
    public void word(String word) {
        if (!empty && column + 1 + word.length() > MAX_COLUMNS) {
            newLine();
        }
        out.append(' ').append(word);
        column += 1 + word.length();
        empty = false;
    }

    /** Adds a text word by word; runs of spaces stay as they are. */
    public void words(String text) {
        int start = 0;
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && text.charAt(end) == ' ') {
                end++;
            }
            while (end < text.length() && text.charAt(end) != ' ') {
                end++;
            }
            word(text.substring(start, end));
            start = end + 1;
        }
    }

    /** Folds here; what follows must begin with a space and have more than spaces. */
    void newLine() {
        out.append("\r\n");
        column = 0;
    }

    /** Whether the field's first word is written. */
    boolean isBegun() {
        return !empty;
    }

    int column() {
        return column;
    }

    public void end() {
        out.append("\r\n");
    }
}
