package dev.postrider.mime.address;

import dev.postrider.mime.header.EncodedWords;
import dev.postrider.mime.text.Ascii;
import dev.postrider.mime.text.QuotedString;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the {@code @}: a dot-string or a quoted string (RFC 5321 section 4.1.2), with
 * characters beyond ASCII as RFC 6531 section 3.3 allows.
 */
final class LocalPart {
    /** RFC 5321 section 4.5.3.1.1. */
    static final int MAX_OCTETS = 64;

    private LocalPart() {}

    static @Nullable String flawIn(String text) {
        if (text.isEmpty()) {
            return "There is nothing before the @.";
        }
        if (EncodedWords.looksEncoded(text)) {
            return "The part before the @ is an encoded word: other programs would read another address.";
        }
        String flaw = text.startsWith("\"") ? quotedFlaw(text) : dotStringFlaw(text);
        if (flaw != null) {
            return flaw;
        }
        int octets = canonical(text).getBytes(StandardCharsets.UTF_8).length;
        return octets > MAX_OCTETS
                ? "The part before the @ has %d octets; at most %d are allowed."
                        .formatted(octets, MAX_OCTETS)
                : null;
    }

    /** The shortest way to write it, so that equal local parts are equal texts. */
    static String canonical(String text) {
        if (!text.startsWith("\"")) {
            return text;
        }
        String content = QuotedString.unquote(text);
        return dotStringFlaw(content) == null ? content : QuotedString.quote(content);
    }

    private static @Nullable String quotedFlaw(String text) {
        if (QuotedString.endOf(text, 0) != text.length()) {
            return "The quotes before the @ don't match.";
        }
        return text.codePoints().allMatch(c -> c == ' ' || isVisible(c))
                ? null
                : "The quoted part before the @ has a character that can't be sent.";
    }

    private static @Nullable String dotStringFlaw(String text) {
        if (text.isEmpty() || text.startsWith(".") || text.endsWith(".") || text.contains("..")) {
            return "The part before the @ can't begin or end with a dot, nor have two together.";
        }
        return text.codePoints()
                .filter(c -> c != '.' && !Ascii.isAtext(c) && (c < 128 || !isVisible(c)))
                .mapToObj(LocalPart::refusal)
                .findFirst()
                .orElse(null);
    }

    private static String refusal(int codePoint) {
        String shown =
                codePoint == ' '
                        ? "a space"
                        : isVisible(codePoint)
                                ? Character.toString(codePoint)
                                : "U+%04X".formatted(codePoint);
        return "The part before the @ can't have " + shown + " outside quotes.";
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
