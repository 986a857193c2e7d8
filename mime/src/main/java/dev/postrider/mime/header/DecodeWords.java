package dev.postrider.mime.header;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Reads encoded words (RFC 2047) in a header's value; what isn't well-formed stays as it is. */
public final class DecodeWords {
    /** What stands for octets that are no text in their charset. */
    private static final char NO_TEXT = '\ufffd';

    private final CharSequence value;
    private final StringBuilder out = new StringBuilder();

    /** Of words that stand together: some writers cut a character in two. */
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    private @Nullable Charset charset;

    private DecodeWords(CharSequence value) {
        this.value = value;
    }

    /** The value with its encoded words decoded. */
    public static String in(CharSequence value) {
        return new DecodeWords(value).decode();
    }

    /** What somebody writes: the same, or as it is where an encoded word holds what is no text. */
    public static String soundIn(String value) {
        String decoded = in(value);
        return decoded.indexOf(NO_TEXT) < 0 || value.indexOf(NO_TEXT) >= 0 ? decoded : value;
    }

    private String decode() {
        int at = 0;
        while (at < value.length()) {
            // between words that stand together white space doesn't count
            int start = charset == null ? at : behindBlanks(at);
            EncodedWord word = EncodedWord.at(value, start);
            if (word == null) {
                flush();
                out.append(value.charAt(at++));
            } else {
                add(word);
                at = word.end();
            }
        }
        flush();
        return out.toString();
    }

    private void add(EncodedWord word) {
        if (!word.charset().equals(charset)) {
            flush();
            charset = word.charset();
        }
        word.writeTo(octets);
    }

    private void flush() {
        if (charset != null) {
            out.append(octets.toString(charset));
            octets.reset();
            charset = null;
        }
    }

    private int behindBlanks(int from) {
        int at = from;
        while (at < value.length() && (value.charAt(at) == ' ' || value.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }
}
