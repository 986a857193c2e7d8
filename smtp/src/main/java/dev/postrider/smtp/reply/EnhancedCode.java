package dev.postrider.smtp.reply;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An enhanced status code such as 5.1.1 (RFC 3463; its place in a reply: RFC 2034). */
public record EnhancedCode(int category, int subject, int detail) {
    /** Null unless the text begins with one whose class is that of the reply's code. */
    static @Nullable EnhancedCode at(String text, int replyCode) {
        int category = replyCode / 100;
        if (text.length() < 5 || text.charAt(0) != '0' + category || text.charAt(1) != '.') {
            return null;
        }
        int dot = digitsEnd(text, 2);
        if (dot == 2 || dot >= text.length() || text.charAt(dot) != '.') {
            return null;
        }
        int end = digitsEnd(text, dot + 1);
        if (end == dot + 1 || (end < text.length() && text.charAt(end) != ' ')) {
            return null;
        }
        return new EnhancedCode(category, number(text, 2, dot), number(text, dot + 1, end));
    }

    /** The lines without it, which servers repeat at the start of each. */
    List<String> leftOutOf(List<String> lines) {
        String prefix = toString();
        if (lines.size() == 1) {
            return List.of(without(prefix, lines.getFirst()));
        }
        return lines.stream().map(line -> without(prefix, line)).toList();
    }

    private static String without(String prefix, String line) {
        if (!line.startsWith(prefix)) {
            return line;
        }
        return line.length() > prefix.length() ? line.substring(prefix.length() + 1) : "";
    }

    /** At most three digits (RFC 3463 section 2). */
    private static int digitsEnd(String text, int from) {
        int end = from;
        while (end < text.length()
                && end < from + 3
                && text.charAt(end) >= '0'
                && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    @Override
    public String toString() {
        return category + "." + subject + "." + detail;
    }
}
