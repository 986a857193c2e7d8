package dev.postrider.http;

import java.util.Optional;

/** Checks text that goes into commands, headers and the database. */
public final class PlainText {
    private PlainText() {}

    /** What is wrong with a text, to be read behind its field's name. */
    public static Optional<String> flawIn(String text) {
        if (text.codePoints().anyMatch(PlainText::isControl)) {
            return Optional.of("must not contain control characters");
        }
        if (text.codePoints().anyMatch(PlainText::isHalf)) {
            return Optional.of("must not contain half a character (a lone surrogate)");
        }
        return Optional.empty();
    }

    /** With Unicode's line ends, which some servers take for ours. */
    private static boolean isControl(int codePoint) {
        return Character.isISOControl(codePoint) || codePoint == 0x2028 || codePoint == 0x2029;
    }

    private static boolean isHalf(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE;
    }
}
