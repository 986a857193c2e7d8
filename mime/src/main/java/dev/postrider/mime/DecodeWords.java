package dev.postrider.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads encoded words (RFC 2047) in a header's value; what isn't well-formed stays as it is. */
final class DecodeWords {
    private static final Pattern BETWEEN = Pattern.compile("(\\?=)[ \t]+(?==\\?)");
    private static final Pattern WORD =
            Pattern.compile("=\\?([^?* ]+)(?:\\*[^? ]*)?\\?([BbQq])\\?([^? ]*)\\?=");

    private DecodeWords() {}

    /** The index after the encoded word that begins at an index, or that index if none does. */
    static int endOfWord(String value, int start) {
        Matcher word = WORD.matcher(value).region(start, value.length());
        return word.lookingAt() ? word.end() : start;
    }

    /** The value with its encoded words decoded. */
    static String in(String value) {
        if (!EncodedWords.looksEncoded(value)) {
            return value;
        }
        String joined = BETWEEN.matcher(value).replaceAll("$1");
        return WORD.matcher(joined).replaceAll(word -> Matcher.quoteReplacement(decode(word)));
    }

    private static String decode(MatchResult word) {
        try {
            byte[] octets =
                    word.group(2).toLowerCase(Locale.ROOT).equals("b")
                            ? Base64.getMimeDecoder().decode(word.group(3))
                            : decodeQ(word.group(3));
            return new String(octets, Charset.forName(word.group(1)));
        } catch (IllegalArgumentException malformed) {
            return word.group();
        }
    }

    private static byte[] decodeQ(String text) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] == '=' && i + 2 < encoded.length) {
                octets.write(Integer.parseInt(text, i + 1, i + 3, 16));
                i += 2;
            } else {
                octets.write(encoded[i] == '_' ? ' ' : encoded[i]);
            }
        }
        return octets.toByteArray();
    }
}
