package dev.postrider.mime.text;

/** Reads quoted strings: {@code "a \"b\""} (RFC 5322 section 3.2.4). */
public final class QuotedString {
    private QuotedString() {}

    /** The index behind the closing quote of the string that begins at an index, or -1. */
    public static int endOf(CharSequence text, int start) {
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            if (c == '\\') {
                i++;
            }
        }
        return -1;
    }

    public static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    public static String unquote(String quoted) {
        StringBuilder content = new StringBuilder(quoted.length());
        for (int i = 1; i < quoted.length() - 1; i++) {
            char c = quoted.charAt(i);
            content.append(c == '\\' ? quoted.charAt(++i) : c);
        }
        return content.toString();
    }
}
