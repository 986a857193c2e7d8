package dev.postrider.mime.header;

import dev.postrider.mime.text.Ascii;
import dev.postrider.mime.text.Escapes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text as encoded words (RFC 2047), in UTF-8, by the shorter of the B and Q encodings. A word ends
 * between grapheme clusters, so that a reader that shows words one by one never cuts an emoji or an
 * accent off; only a cluster too long for any word is split, between its code points. The Q
 * encoding leaves only what is safe in a phrase too (section 5, rule 3).
 */
public final class EncodedWords {
    /** Section 2: an encoded word has at most 75 characters, its line 76. */
    public static final int MAX_WORD = 75;

    private static final int MAX_LINE = 76;
    private static final int FRAME = "=?UTF-8?B??=".length();
    private static final Pattern GRAPHEME = Pattern.compile("\\X");

    private final boolean base64;

    private EncodedWords(boolean base64) {
        this.base64 = base64;
    }

    /**
     * Adds a text to a field, from its current column on, or on a line of its own if that saves
     * cutting it: some readers show a space at each cut.
     */
    public static void write(FoldedField field, String text) {
        EncodedWords encoding = shortestFor(text);
        int width = encoding.width(text);
        int room = MAX_LINE - 1 - field.column();
        boolean fitsFreshLine = width <= encoding.capacity(MAX_WORD);
        boolean fitsHere = width <= encoding.capacity(room);
        List<String> words =
                encoding.split(text, field.isBegun() && fitsFreshLine && !fitsHere ? 0 : room);
        if (words.getFirst().isEmpty()) {
            field.newLine();
        } else {
            field.word(encoding.word(words.getFirst()));
        }
        for (String word : words.subList(1, words.size())) {
            if (field.column() > 0) {
                field.newLine();
            }
            field.word(encoding.word(word));
        }
    }

    /** The words alone, in order. */
    public static List<String> of(String text, int firstRoom) {
        EncodedWords encoding = shortestFor(text);
        return encoding.split(text, firstRoom).stream()
                .filter(word -> !word.isEmpty())
                .map(encoding::word)
                .toList();
    }

    /** Whether an ASCII text would be taken for encoded words. */
    public static boolean looksEncoded(String text) {
        return text.contains("=?");
    }

    private static EncodedWords shortestFor(String text) {
        EncodedWords b = new EncodedWords(true);
        EncodedWords q = new EncodedWords(false);
        return (b.width(text) + 2) / 3 * 4 < q.width(text) ? b : q;
    }

    /** Cuts a text for words; the first is empty if nothing fits into its room. */
    private List<String> split(String text, int firstRoom) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int left = capacity(Math.min(MAX_WORD, firstRoom));
        Matcher clusters = GRAPHEME.matcher(text);
        while (clusters.find()) {
            for (String unit : units(clusters.group())) {
                int width = width(unit);
                if (width > left) {
                    words.add(word.toString());
                    word.setLength(0);
                    left = capacity(MAX_WORD);
                }
                word.append(unit);
                left -= width;
            }
        }
        words.add(word.toString());
        return words;
    }

    private List<String> units(String cluster) {
        return width(cluster) <= capacity(MAX_WORD)
                ? List.of(cluster)
                : cluster.codePoints().mapToObj(Character::toString).toList();
    }

    /** What a text takes of a word's capacity: octets for B, characters for Q. */
    private int width(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        if (base64) {
            return octets.length;
        }
        int width = 0;
        for (byte octet : octets) {
            width += octet == ' ' || isQSafe(octet) ? 1 : 3;
        }
        return width;
    }

    /** The width that a word of some columns holds. */
    private int capacity(int columns) {
        int room = columns - FRAME;
        return base64 ? Math.floorDiv(room, 4) * 3 : room;
    }

    private String word(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return base64
                ? "=?UTF-8?B?" + Base64.getEncoder().encodeToString(octets) + "?="
                : "=?UTF-8?Q?" + q(octets) + "?=";
    }

    private static String q(byte[] octets) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : octets) {
            if (octet == ' ') {
                encoded.append('_');
            } else if (isQSafe(octet)) {
                encoded.append((char) octet);
            } else {
                Escapes.append(encoded, '=', octet);
            }
        }
        return encoded.toString();
    }

    private static boolean isQSafe(int octet) {
        return Ascii.isLetterOrDigit(octet) || (octet > 0 && "!*+-/".indexOf(octet) >= 0);
    }
}
