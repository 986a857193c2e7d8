package dev.postrider.mime.text;

/** Finds and repairs UTF-16 that an application cut in the middle of a character. */
public final class WellFormedUtf16 {
    private static final char REPLACEMENT = '\ufffd';

    private WellFormedUtf16() {}

    /** The text with each lone surrogate replaced by U+FFFD; usually the very same text. */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return repaired(text);
            }
        }
        return text;
    }

    /** Whether there is half a surrogate pair, which no UTF-8 can say. */
    public static boolean hasHalf(String text) {
        return !of(text).equals(text);
    }

    /** The same with each NUL replaced too: neither JSON's readers nor databases like them. */
    public static String text(String text) {
        return of(text).replace('\0', REPLACEMENT);
    }

    private static String repaired(String text) {
        return text.codePoints()
                .map(c -> c <= 0xffff && Character.isSurrogate((char) c) ? REPLACEMENT : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
