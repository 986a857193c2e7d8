package dev.postrider.mime.text;

/** Finds the ends of comments: {@code (a (nested) one)} (RFC 5322 section 3.2.2). */
public final class Comment {
    private Comment() {}

    /** The index behind the closing parenthesis of the one that opens at an index, or -1. */
    public static int endOf(CharSequence text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }
}
