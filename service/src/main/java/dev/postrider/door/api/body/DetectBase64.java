package dev.postrider.door.api.body;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/**
 * Tells what a JSON string is, base64 or the content itself, by its characters as they stand in the
 * body. SDKs send both without saying which, so the rule must be one that callers can foretell
 * (docs/decisions/0054): what no base64 encoder writes is text, what is sound base64 in any usual
 * form is decoded, and what might be either is refused. For one thread.
 */
final class DetectBase64 {
    /** From here on a line is one that a base64 encoder breaks: 76 is MIME's, 64 that of PEM. */
    private static final int LONG_LINE = 40;

    /** A short word without padding may be base64 by chance. */
    private static final int WORD = 32;

    /** Of both alphabets (RFC 4648 sections 4 and 5). */
    static final String LETTERS_AND_DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static final int MAX_PREFIX = 256;
    private static final String BASE64_MARK = ";base64,";

    private static final byte OTHER = -1;
    private static final byte PADDING = -2;
    private static final byte BLANK = -3;
    private static final byte[] VALUES = values();

    private final StringBuilder word = new StringBuilder();
    private long characters;
    private long padding;
    private int last;
    private boolean isOther;
    private boolean hasStandard;
    private boolean hasUrlSafe;
    private boolean isPaddedWithin;
    private long group;
    private long firstGroup;
    private long lastGroup;
    private long longestGroup;
    private int groups;
    private boolean isBroken;
    private boolean isUneven;
    private boolean isUnaligned;

    private DetectBase64() {}

    /** What a string is. */
    enum Kind {
        BASE64,
        TEXT,
        /** Might be meant as either. */
        DOUBTFUL,
        /** Can't be decoded, though it is said to be base64. */
        UNSOUND
    }

    /**
     * What is found.
     *
     * @param skip octets of the body before the base64, which a {@code data:} URL has
     * @param isUrlSafe whether it uses - and _ (RFC 4648, 5)
     * @param isBroken whether blanks stand in it
     */
    record Found(Kind kind, int skip, boolean isUrlSafe, boolean isBroken) {}

    /**
     * Looks through a string.
     *
     * @param json begins behind its opening quotation mark; the string is well-formed
     * @param isSaid whether its caller says that it is base64
     */
    static Found of(InputStream json, boolean isSaid) throws IOException {
        json.mark(MAX_PREFIX);
        var beginning = new String(json.readNBytes(MAX_PREFIX), StandardCharsets.ISO_8859_1);
        json.reset();
        var skip = prefix(beginning);
        if (skip < 0) {
            return new Found(isSaid ? Kind.UNSOUND : Kind.DOUBTFUL, 0, false, false);
        }
        json.skipNBytes(skip);
        var form = new DetectBase64();
        form.read(json);
        return new Found(
                isSaid || skip > 0 ? form.said() : form.kind(),
                skip,
                form.hasUrlSafe,
                form.isBroken);
    }

    /** How long {@code data:image/png;base64,} is; -1 for a {@code data:} URL of another kind. */
    private static int prefix(String beginning) {
        if (!beginning.toLowerCase(Locale.ROOT).startsWith("data:")) {
            return 0;
        }
        var mark = beginning.toLowerCase(Locale.ROOT).indexOf(BASE64_MARK);
        var comma = beginning.indexOf(',');
        var isUrl = comma > 0 && beginning.substring(0, comma).chars().noneMatch(c -> c == ' ');
        return mark >= 0 && comma == mark + BASE64_MARK.length() - 1
                ? comma + 1
                : isUrl && beginning.substring(0, comma).contains("/") ? -1 : 0;
    }

    private void read(InputStream json) throws IOException {
        var piece = new byte[8 * 1_024];
        var escape = 0;
        var unit = 0;
        for (var count = json.read(piece); !isOther; count = json.read(piece)) {
            if (count < 0) {
                throw new EOFException("a JSON string has no end");
            }
            for (var i = 0; i < count && !isOther; i++) {
                var c = piece[i];
                if (escape == 0 && c == '"') {
                    endGroup();
                    return;
                }
                if (escape == 0) {
                    escape = c == '\\' ? 1 : 0;
                    if (escape == 0) {
                        add(VALUES[c & 0xff], c);
                    }
                } else if (escape == 1) {
                    escape = c == 'u' ? 2 : 0;
                    if (escape == 0) {
                        add(c == '/' ? VALUES['/'] : isBlank(c) ? BLANK : OTHER, c);
                    }
                } else {
                    unit = unit << 4 | Character.digit(c, 16);
                    escape++;
                    if (escape == 6) {
                        add(unit < 128 ? VALUES[unit] : OTHER, unit);
                        escape = 0;
                        unit = 0;
                    }
                }
            }
        }
    }

    private static boolean isBlank(int escaped) {
        return escaped == 'n' || escaped == 'r' || escaped == 't';
    }

    private void add(byte value, int character) {
        if (value >= 0) {
            isPaddedWithin |= padding > 0;
            characters++;
            group++;
            last = value;
            hasStandard |= character == '+' || character == '/';
            hasUrlSafe |= character == '-' || character == '_';
            if (word.length() <= WORD) {
                word.append((char) character);
            }
        } else if (value == PADDING) {
            padding++;
            group++;
        } else if (value == BLANK) {
            isBroken = true;
            endGroup();
        } else {
            isOther = true;
        }
    }

    private void endGroup() {
        if (group == 0) {
            return;
        }
        if (groups == 0) {
            firstGroup = group;
        } else {
            // what was last until now wasn't: only the very last may be shorter or end anywhere
            isUneven |= lastGroup != firstGroup;
            isUnaligned |= lastGroup % 4 != 0;
        }
        longestGroup = Math.max(longestGroup, group);
        lastGroup = group;
        groups++;
        group = 0;
    }

    private boolean isEven() {
        return !isUneven && lastGroup <= firstGroup;
    }

    private boolean isSound() {
        var isWhole =
                padding > 0
                        ? padding <= 2 && (characters + padding) % 4 == 0 && !isPaddedWithin
                        : characters % 4 != 1;
        var unused = characters % 4 == 2 ? last & 0xf : characters % 4 == 3 ? last & 3 : 0;
        return isWhole && unused == 0 && !(hasStandard && hasUrlSafe);
    }

    private Kind said() {
        return isOther || !isSound() ? Kind.UNSOUND : Kind.BASE64;
    }

    private Kind kind() {
        if (isOther || characters + padding == 0) {
            return Kind.TEXT;
        }
        if (groups == 1) {
            return isSound() && !isWord() ? Kind.BASE64 : Kind.DOUBTFUL;
        }
        var isEvident = padding > 0 || longestGroup >= LONG_LINE;
        if (isSound() && isEvident && (!isUnaligned || isEven())) {
            return Kind.BASE64;
        }
        return isEvident || (isSound() && !isUnaligned) ? Kind.DOUBTFUL : Kind.TEXT;
    }

    /** Letters and digits that say no text when they are decoded are likely what they are. */
    private boolean isWord() {
        if (padding > 0 || characters > WORD || hasStandard || hasUrlSafe) {
            return false;
        }
        var decoded = Base64.getDecoder().decode(word.toString());
        var text = new String(decoded, StandardCharsets.UTF_8);
        return text.contains("\ufffd");
    }

    private static byte[] values() {
        var values = new byte[256];
        Arrays.fill(values, OTHER);
        var alphabet = LETTERS_AND_DIGITS + "+/";
        for (var i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        values['-'] = 62;
        values['_'] = 63;
        values['='] = PADDING;
        values[' '] = BLANK;
        values['\t'] = BLANK;
        values['\r'] = BLANK;
        values['\n'] = BLANK;
        return values;
    }
}
