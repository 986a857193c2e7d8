package dev.postrider.mime.compose;

import dev.postrider.mime.header.EncodedWords;
import dev.postrider.mime.text.Ascii;
import dev.postrider.mime.text.Escapes;
import dev.postrider.mime.text.QuotedString;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A parameter of a MIME header field, each on a line of its own: {@code ;CRLF name=value}.
 *
 * <p>Values beyond ASCII are written as RFC 2231 says, in numbered sections if they are long. A
 * long ASCII value stays in one quoted string, up to the 998 octets of a line: more readers get
 * that right than sections.
 */
final class Parameter {
    private static final int MAX_COLUMNS = 78;
    private static final String CHARSET = "UTF-8''";

    private Parameter() {}

    /** An ASCII value. */
    static void append(StringBuilder out, String name, String value) {
        begin(out, name)
                .append('=')
                .append(Ascii.isToken(value) ? value : QuotedString.quote(value));
    }

    /** {@code filename}, as RFC 2231 says unless it is simple. */
    static void appendFilename(StringBuilder out, String filename) {
        if (isSimple(filename)) {
            begin(out, "filename").append("=").append(QuotedString.quote(filename));
        } else {
            appendExtended(out, "filename", filename);
        }
    }

    /**
     * {@code name}, the same for readers that don't know RFC 2231: encoded words in a quoted
     * string, which no RFC allows and nearly every reader understands.
     */
    static void appendNameForOldReaders(StringBuilder out, String filename) {
        if (isSimple(filename)) {
            begin(out, "name").append("=").append(QuotedString.quote(filename));
        } else {
            List<String> words = EncodedWords.of(filename, 76 - " name=\"\"".length());
            begin(out, "name=\"").append(String.join("\r\n ", words)).append('"');
        }
    }

    /** Whether no reader is known to misread it in a quoted string. */
    private static boolean isSimple(String filename) {
        return Ascii.isPrintable(filename)
                && filename.chars().noneMatch(c -> "\"\\'%".indexOf(c) >= 0)
                && !EncodedWords.looksEncoded(filename);
    }

    private static StringBuilder begin(StringBuilder out, String name) {
        return out.append(";\r\n ").append(name);
    }

    private static void appendExtended(StringBuilder out, String name, String value) {
        String whole = percentEncoded(value);
        if (name.length() + whole.length() + CHARSET.length() + 4 <= MAX_COLUMNS) {
            begin(out, name).append("*=").append(CHARSET).append(whole);
            return;
        }
        StringBuilder section = new StringBuilder(CHARSET);
        int number = 0;
        for (int i = 0; i < value.length(); i = value.offsetByCodePoints(i, 1)) {
            String next = percentEncoded(Character.toString(value.codePointAt(i)));
            if (name.length() + section.length() + next.length() + 8 > MAX_COLUMNS) {
                appendSection(out, name, number++, section);
                section.setLength(0);
            }
            section.append(next);
        }
        appendSection(out, name, number, section);
    }

    private static void appendSection(
            StringBuilder out, String name, int number, StringBuilder section) {
        begin(out, name).append('*').append(number).append("*=").append(section);
    }

    /** Encodes the plus sign too, which some readers take for a space as in a form. */
    private static String percentEncoded(String value) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            if (Ascii.isLetterOrDigit(octet) || (octet > 0 && "!#$&-.^_`|~".indexOf(octet) >= 0)) {
                encoded.append((char) octet);
            } else {
                Escapes.append(encoded, '%', octet);
            }
        }
        return encoded.toString();
    }
}
